using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks a question of a vault.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RecallRequest
{
    /// <summary>The question or topic, at most 32,768 characters.</summary>
    public required string Text { get; init; }

    /// <summary>At most so many hits, 1 to 1,000; 10 when missing.</summary>
    public int? Limit { get; init; }

    /// <summary>Stop before the text of the hits passes so many tokens.</summary>
    public int? TokenBudget { get; init; }

    /// <summary>With a token budget: cut hits behind the tenth, or behind half of the budget, to their best sentences of about so many tokens, 8 to 1,000; whole when missing.</summary>
    public int? ExcerptTokens { get; init; }

    /// <summary>Only cubes for which this holds: <c>{"and":[...]}</c>, <c>{"or":[...]}</c>, <c>{"not":...}</c>, or <c>{field: value}</c> with the operators eq, ne, gt, lt, gte, lte, contains, in, like, exists.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>What "yesterday" refers to; now when missing.</summary>
    public DateTimeOffset? ReferenceTime { get; init; }

    /// <summary>Ask the vault as it stood at this transaction time.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Only what holds at this time.</summary>
    public DateTimeOffset? ValidAt { get; init; }

    /// <summary>A conversation whose memories weigh more.</summary>
    public string? Conversation { get; init; }

    /// <summary>The words of the task or situation of the question; cubes made in a like one weigh more.</summary>
    public string? ContextText { get; init; }

    /// <summary>Whether archived cubes are found too.</summary>
    public bool? IncludeArchived { get; init; }

    /// <summary>Leave out hits below this relevance, 0 to 1.</summary>
    public double? MinimumRelevance { get; init; }
}
