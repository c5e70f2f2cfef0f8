using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>A failure under <c>/product</c>.</summary>
public sealed record ProductFailure
{
    /// <summary>The HTTP status.</summary>
    public int Code { get; init; }

    /// <summary>What went wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Always null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public object? Data { get; init; }

    /// <summary>For a body that was not valid: where and why.</summary>
    public IReadOnlyList<ProductFailureDetail>? Detail { get; init; }

    /// <summary>The stable code of the error.</summary>
    public string? ErrorCode { get; init; }
}
