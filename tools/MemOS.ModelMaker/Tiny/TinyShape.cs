namespace MemOS.ModelMaker.Tiny;

/// <summary>The sizes of a decoder of the Llama kind.</summary>
internal sealed record TinyShape
{
    public int Layers { get; init; } = 3;

    public int Width { get; init; } = 256;

    public int Heads { get; init; } = 4;

    public int FeedForward { get; init; } = 512;

    public int Context { get; init; } = 512;

    public required int Vocabulary { get; init; }

    public int HeadSize => Width / Heads;
}
