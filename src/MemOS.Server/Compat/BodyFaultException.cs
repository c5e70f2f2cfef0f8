namespace MemOS.Server.Compat;

/// <summary>A body under <c>/product</c> that is JSON but not this request: answered with 422 and the place of the fault.</summary>
internal sealed class BodyFaultException(string field, string message) : Exception(message)
{
    /// <summary>The key, with dots between keys and indices.</summary>
    public string Field { get; } = field;
}
