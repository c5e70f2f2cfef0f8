namespace MemOS.Models.Llama;

/// <summary>What is known of a loaded model.</summary>
public sealed record ModelDescription
{
    /// <summary>A hash of the whole file: weights, tokenizer and positions. States and adapters are bound to it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The library's short description, such as "qwen3 0.6B Q8_0".</summary>
    public required string Description { get; init; }

    /// <summary>The name that the file gives itself, or that of the file.</summary>
    public required string Name { get; init; }

    /// <summary>The release of llama.cpp that runs it.</summary>
    public required string Library { get; init; }

    /// <summary>The code for this processor that was chosen, such as "libggml-cpu-zen4".</summary>
    public string? CpuVariant { get; init; }

    /// <summary>Number of weights.</summary>
    public long Parameters { get; init; }

    /// <summary>Bytes of the weights.</summary>
    public long WeightBytes { get; init; }

    /// <summary>Number of tokens that it knows.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Whether attention of long runs is computed by our own device beside the library.</summary>
    public bool HasOwnAttention { get; init; }

    /// <summary>Values of the stream between its layers.</summary>
    public int Width { get; init; }

    /// <summary>Values of an embedding.</summary>
    public int EmbeddingWidth { get; init; }

    /// <summary>Number of layers.</summary>
    public int Layers { get; init; }

    /// <summary>Tokens of the contexts that it was trained on.</summary>
    public int TrainedContext { get; init; }

    /// <summary>Tokens that all sequences together may hold.</summary>
    public int Context { get; init; }

    /// <summary>Tokens computed in one native call.</summary>
    public int Batch { get; init; }

    /// <summary>Sequences kept apart.</summary>
    public int Sequences { get; init; }

    /// <summary>The token that begins a text, where there is one.</summary>
    public int? Bos { get; init; }

    /// <summary>Whether the file says how conversations are written.</summary>
    public bool HasChatTemplate { get; init; }

    /// <summary>Whether positions of kept tokens can be moved, which composing states needs.</summary>
    public bool CanShift { get; init; }

    /// <summary>How states keep keys and values, such as "F16/F16"; states of other types do not fit.</summary>
    public required string Cache { get; init; }

    /// <summary>Bytes that the keys and values of one token take in memory.</summary>
    public long CacheBytesPerToken { get; init; }

    /// <summary>Bytes that they take in a saved state.</summary>
    public long StateBytesPerToken { get; init; }
}
