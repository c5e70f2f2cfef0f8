namespace MemOS.Models.Llama;

/// <summary>Which model file runs in a process of its own, and how.</summary>
public sealed record LocalModelOptions
{
    /// <summary>The GGUF file.</summary>
    public required string Path { get; init; }

    /// <summary>The folder of the llama.cpp libraries. Default: the one in <c>MEMOS_LLAMA</c>, else <c>llama</c> beside the program.</summary>
    public string? Libraries { get; init; }

    /// <summary>The program that holds the model. Default: <c>MemOS.ModelHost</c> beside the application.</summary>
    public string? Host { get; init; }

    /// <summary>Tokens that all sequences together may hold. Default 4096.</summary>
    public int ContextTokens { get; init; } = 4096;

    /// <summary>Sequences kept apart, 1 to 254. Default 8. Answers and mounted states take one each.</summary>
    public int Sequences { get; init; } = 8;

    /// <summary>Answers that may have been asked for and not have begun, whatever they wait for; one more fails with <c>model_busy</c>. Default 64.</summary>
    public int MostWaiting { get; init; } = 64;

    /// <summary>Threads to compute with; more than there are free cores is many times slower. Default: half of the logical processors, at least 1.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Whether saved states keep keys and values in 8 bits instead of 16: half the bytes on disk, nearly the same answers. Default false.</summary>
    public bool CompactStates { get; init; }

    /// <summary>
    /// Whether attention is left to llama.cpp alone. Default false: runs of 16 tokens and more are computed by a device of our own where the processor has AVX-512, which is faster behind long
    /// memories; results differ by rounding.
    /// </summary>
    public bool LibraryAttention { get; init; }

    /// <summary>Whether the model makes embeddings instead of answers. Default false.</summary>
    public bool Embeddings { get; init; }

    /// <summary>The most bytes that the process may take; above, the request fails and the process ends. Default 0, no limit.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>How long a request may show no progress before its process is ended as hung; above 0, at most 49 days, as the others. Default 1 minute.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long loading may take. Default 5 minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the process stays when nothing is asked; the next request starts it again. Default 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether processors serve other processes before this one.</summary>
    internal bool StandsBack { get; init; }

    /// <summary>Throws where a time or a number is out of range; sizes of the context are the host's to judge.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.InvalidRequest"/>.</exception>
    internal void Validate()
    {
        TimeSpan longest = TimeSpan.FromDays(49); // what a timer takes
        if (StallTimeout <= TimeSpan.Zero || StallTimeout > longest || StartTimeout <= TimeSpan.Zero || StartTimeout > longest || IdleTimeout < TimeSpan.Zero || IdleTimeout > longest || MemoryLimit < 0 || MostWaiting < 0)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "A model's times are above 0 and at most 49 days, its idle time 0 or more; the memory limit and the answers that may wait are 0 or more.");
        }
    }
}
