using System.Collections.Immutable;

namespace MemOS.Transfer;

/// <summary>How <see cref="MemLoader"/> reads files.</summary>
public sealed record ImportOptions
{
    /// <summary>The default number of messages in one write.</summary>
    public const int DefaultBatchSize = 256;

    /// <summary>
    /// Told of each line of a JSON Lines file that cannot be read, after which reading goes on. Null, the default, makes the first bad line an error.
    /// </summary>
    public Action<ImportProblem>? BadLine { get; init; }

    /// <summary>The conversation of messages that name none; null for the file's name without its extension.</summary>
    public string? Conversation { get; init; }

    /// <summary>Tags that every message gets besides its own.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Messages in one write, 1 to 10,000; each write is durable on its own.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;
}
