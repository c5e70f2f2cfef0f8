namespace MemOS.Models.Llama.Training;

/// <summary>The sizes of a decoder of the Llama kind.</summary>
internal sealed record DecoderShape
{
    public required int Layers { get; init; }

    public required int Width { get; init; }

    public required int Heads { get; init; }

    /// <summary>Heads of keys and values; each serves as many heads of queries as there are more of those.</summary>
    public required int CacheHeads { get; init; }

    public required int HeadSize { get; init; }

    public required int FeedForward { get; init; }

    public required int Vocabulary { get; init; }

    public float Epsilon { get; init; } = 1e-5f;

    public float RopeBase { get; init; } = 10000;

    /// <summary>Whether positions turn each value of a head's first half with one of its second half, instead of neighbours with each other.</summary>
    public bool TurnsHalves { get; init; }
}
