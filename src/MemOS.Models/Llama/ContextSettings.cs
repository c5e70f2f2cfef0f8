namespace MemOS.Models.Llama;

/// <summary>The sizes of a context.</summary>
internal sealed record ContextSettings
{
    /// <summary>The most sequences: the 256 that the library keeps apart, less those that a context keeps for itself.</summary>
    public const int MostSequences = 254;

    /// <summary>The most threads that the library computes with.</summary>
    public const int MostThreads = 512;

    /// <summary>Tokens that all sequences together may hold; fewer than there are sequences count as that many.</summary>
    public int Tokens { get; init; } = 4096;

    /// <summary>Tokens computed in one call.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>Sequences kept apart, 1 to 254.</summary>
    public int Sequences { get; init; } = 1;

    /// <summary>Threads to compute with. Never more than free cores: they wait spinning.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the context makes embeddings instead of the next token's logits.</summary>
    public bool Embeddings { get; init; }

    /// <summary>How embeddings are pooled.</summary>
    public Pooling Pooling { get; init; } = Pooling.OfModel;

    /// <summary>Throws where a size is out of range, as the library would end the process.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.InvalidRequest"/>.</exception>
    public void Validate()
    {
        if (Tokens < 1 || Batch < 1 || Sequences is < 1 or > MostSequences || Threads is < 1 or > MostThreads)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"A context has at least one token, 1 to {MostSequences} sequences, and is computed by 1 to {MostThreads} threads.");
        }
    }
}
