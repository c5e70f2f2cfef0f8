using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The envelope of every answer under <c>/product</c>.</summary>
/// <typeparam name="T">What it carries.</typeparam>
/// <param name="Code">200, or the HTTP status of a failure.</param>
/// <param name="Message">The fixed text of the endpoint, or what went wrong.</param>
/// <param name="Data">The result; null for a failure.</param>
public sealed record ProductAnswer<T>(int Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] T? Data)
{
    /// <summary>What <c>/product/scheduler/status</c> is asked with, for what goes on after the answer.</summary>
    public string? TaskId { get; init; }
}
