namespace MemOS.ModelMaker.RandomModels;

/// <summary>The sizes of a model of a known kind.</summary>
internal sealed record ModelShape
{
    /// <summary>The kind, as GGUF names it.</summary>
    public required string Architecture { get; init; }

    public required int Layers { get; init; }

    public required int Width { get; init; }

    public required int FeedForward { get; init; }

    public required int Heads { get; init; }

    public required int CacheHeads { get; init; }

    public required int HeadSize { get; init; }

    public required int Vocabulary { get; init; }

    public required int Context { get; init; }

    public float RopeBase { get; init; } = 10000;

    /// <summary>Whether the file says pair by pair how much slower positions turn heads, as files of Llama-3.2 do.</summary>
    public bool SlowsPositions { get; init; }

    /// <summary>Whether every other layer looks back only so many tokens, as those of Gemma 2 do; 0 where none does. Such layers have states of their own.</summary>
    public int Window { get; init; }

    /// <summary>Whether positions count half.</summary>
    public bool HalvesPositions { get; init; }

    /// <summary>The shape of Qwen3-0.6B.</summary>
    public static ModelShape Qwen3 { get; } = new()
    {
        Architecture = "qwen3",
        Layers = 28,
        Width = 1024,
        FeedForward = 3072,
        Heads = 16,
        CacheHeads = 8,
        HeadSize = 128,
        Vocabulary = 151936,
        Context = 40960,
        RopeBase = 1e6f,
    };

    /// <summary>The shape of Llama-3.2-1B.</summary>
    public static ModelShape Llama { get; } = new()
    {
        Architecture = "llama",
        Layers = 16,
        Width = 2048,
        FeedForward = 8192,
        Heads = 32,
        CacheHeads = 8,
        HeadSize = 64,
        Vocabulary = 128256,
        Context = 131072,
        RopeBase = 5e5f,
    };

    /// <summary>The shape of Gemma-2-2B.</summary>
    public static ModelShape Gemma2 { get; } = new()
    {
        Architecture = "gemma2",
        Layers = 26,
        Width = 2304,
        FeedForward = 9216,
        Heads = 8,
        CacheHeads = 4,
        HeadSize = 256,
        Vocabulary = 256000,
        Context = 8192,
        Window = 4096,
    };

    /// <summary>The shape of a small embedder: BERT with 12 layers of 384.</summary>
    public static ModelShape Bert { get; } = new()
    {
        Architecture = "bert",
        Layers = 12,
        Width = 384,
        FeedForward = 1536,
        Heads = 12,
        CacheHeads = 12,
        HeadSize = 32,
        Vocabulary = 30522,
        Context = 512,
    };

    /// <summary>The same kind in a size that is made and run in milliseconds.</summary>
    public ModelShape Tiny() => this with { Layers = 2, Width = 64, FeedForward = 128, Heads = 4, CacheHeads = Architecture == "bert" ? 4 : 2, HeadSize = Architecture == "bert" ? 16 : 32, Vocabulary = 400, Context = 512 };
}
