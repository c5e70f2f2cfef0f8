namespace MemOS.Server.Errors;

/// <summary>What a client is told about a request that was not carried out.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">What went wrong and what to do.</param>
internal sealed record Failure(int Status, string Code, string Detail)
{
    /// <summary>Where in the body the fault is, or null.</summary>
    public string? Field { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether the body was understood as JSON but not as this request.</summary>
    public bool IsBodyFault { get; init; }

    /// <summary>Whether the fault is that something is not there.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether it is no fault of the client's, so that the log must tell of it.</summary>
    public bool IsOfServer => Status >= StatusCodes.Status500InternalServerError && Status != StatusCodes.Status501NotImplemented;

    /// <summary>Whether the detail may name files of this machine.</summary>
    public bool MayNameFiles => IsOfServer || Code == ErrorCodes.VaultInUse;
}
