using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Retrieval;

/// <summary>How a retrieval run is done.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Which conversations are taken.</summary>
    public ConversationSelection Selection { get; init; } = ConversationSelection.All;

    /// <summary>Messages in one durable write; 256 by default.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Hits asked for when ranks are measured; 50 by default, 20 or more.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The budget of the token metric.</summary>
    public int TokenBudget { get; init; } = 1600;

    /// <summary>The length of excerpts in the token metrics with excerpts.</summary>
    public int ExcerptTokens { get; init; } = 30;

    /// <summary>How many made-up messages every vault holds beside its conversation, from a year before its end on; 0 by default.</summary>
    public int Among { get; init; }

    /// <summary>Whether the vaults are left in place, so that a question can be looked into afterwards.</summary>
    public bool KeepVaults { get; init; }
}
