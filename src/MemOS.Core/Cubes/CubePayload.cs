namespace MemOS.Cubes;

/// <summary>The content of one version of a cube. Immutable.</summary>
/// <remarks>
/// Plaintext travels with the version. The other kinds are bytes kept outside the row under their hash and loaded only on request
/// (<c>MemoryVault.OpenPayload</c>).
/// </remarks>
public abstract record CubePayload
{
    private protected CubePayload()
    {
    }

    /// <summary>The form of the content.</summary>
    public abstract PayloadKind Kind { get; }

    /// <summary>The text of a plaintext payload, or null.</summary>
    public string? Text => (this as PlaintextPayload)?.Content;
}
