namespace MemOS.Server.Compat;

/// <summary>A body of this wire that is JSON but not this request: answered with the place of the fault.</summary>
internal sealed class BodyFaultException(string field, string message) : Exception(message)
{
    /// <summary>The key, with dots between keys and indices.</summary>
    public string Field { get; } = field;

    /// <summary>Whether a key that is needed is not there.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>A key that is needed is not there.</summary>
    public static BodyFaultException Missing(string field) => new(field, $"{field} is required.") { IsMissing = true };
}
