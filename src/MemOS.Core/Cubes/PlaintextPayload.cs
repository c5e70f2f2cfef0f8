namespace MemOS.Cubes;

/// <summary>Explicit text.</summary>
/// <param name="Content">The text, verbatim.</param>
public sealed record PlaintextPayload(string Content) : CubePayload
{
    /// <inheritdoc/>
    public override PayloadKind Kind => PayloadKind.Plaintext;
}
