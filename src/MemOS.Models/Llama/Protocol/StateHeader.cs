namespace MemOS.Models.Llama.Protocol;

/// <summary>What a saved state is bound to; it stands in front of the bytes of the library.</summary>
internal sealed record StateHeader
{
    public required string Fingerprint { get; init; }

    public required string Library { get; init; }

    public required string Cache { get; init; }

    /// <summary>Adapters and control vector that were applied, by content; empty for none.</summary>
    public required string Adaptation { get; init; }

    public required int First { get; init; }

    public required int Last { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Over the bytes of the library, in hexadecimal.</summary>
    public required string Checksum { get; init; }
}
