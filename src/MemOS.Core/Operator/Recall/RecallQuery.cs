using MemOS.Governance;

namespace MemOS.Operator.Recall;

/// <summary>What to find.</summary>
public sealed record RecallQuery
{
    /// <summary>The question or topic, at most 32,768 characters.</summary>
    public required string Text { get; init; }

    /// <summary>At most so many hits, 1 to 1,000; 10 by default.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Stop before the hits' text passes so many tokens (characters / 4, rounded up for each hit); null for no budget.</summary>
    public int? TokenBudget { get; init; }

    /// <summary>
    /// With a token budget: hits behind the tenth, or behind half of the budget, are cut to the sentences that have most of the question, of about so many tokens
    /// together, so that more of them fit (<see cref="RecallHit.Excerpt"/>). 8 to 1,000; 30 is a good number. Null returns every hit whole.
    /// </summary>
    public int? ExcerptTokens { get; init; }

    /// <summary>Whether the configured reranker, if there is one, puts the best hits in order. True by default.</summary>
    public bool Rerank { get; init; } = true;

    /// <summary>Only cubes for which this holds; it is applied before ranking. Null for all.</summary>
    public CubeFilter? Filter { get; init; }

    /// <summary>The time that "yesterday" in the question refers to; null for now.</summary>
    public DateTimeOffset? ReferenceTime { get; init; }

    /// <summary>Only cubes valid at this time; null to prefer what holds at the reference time.</summary>
    public DateTimeOffset? ValidAt { get; init; }

    /// <summary>Recall from the vault as it stood at this transaction time; null for its present state.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>A conversation whose memories weigh more; null for none.</summary>
    public string? Conversation { get; init; }

    /// <summary>
    /// The words around the question, for example the last turns; cubes made in a like context weigh more. Compared by contextual fingerprint. Null for none.
    /// </summary>
    public string? Context { get; init; }

    /// <summary>Whether archived cubes are found too.</summary>
    public bool IncludeArchived { get; init; }

    /// <summary>Hits with a lower <see cref="RecallHit.Relevance"/> are left out; 0 to 1, 0 by default.</summary>
    public double MinimumRelevance { get; init; }

    /// <summary>Whether what is found counts as used; true by default. False for looking ahead.</summary>
    public bool CountsUse { get; init; } = true;

    /// <summary>Who asks; the owner by default.</summary>
    public Caller Caller { get; init; } = Caller.Owner;
}
