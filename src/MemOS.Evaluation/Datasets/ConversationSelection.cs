using System.Collections.Immutable;

namespace MemOS.Evaluation.Datasets;

/// <summary>Which conversations of a data set a run takes.</summary>
public sealed record ConversationSelection
{
    /// <summary>All of them.</summary>
    public static ConversationSelection All { get; } = new();

    /// <summary>One side of the data set's split; null for both.</summary>
    public DatasetSplit? Split { get; init; }

    /// <summary>These, by name; empty for all.</summary>
    public ImmutableHashSet<string> Names { get; init; } = [];

    /// <summary>Whether a conversation is taken.</summary>
    public bool Takes(IDatasetReader dataset, string conversation)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return (Names.IsEmpty || Names.Contains(conversation)) && (Split is not { } side || dataset.SplitOf(conversation) == side);
    }

    /// <summary>The selection in a report: <c>all</c>, <c>dev</c>, <c>held-out</c>, or the names.</summary>
    public override string ToString() => (Split, Names.IsEmpty) switch
    {
        (null, true) => "all",
        ({ } side, true) => DatasetSplits.NameOf(side),
        (null, false) => string.Join(',', Names.Order(StringComparer.Ordinal)),
        ({ } side, false) => $"{DatasetSplits.NameOf(side)} of {string.Join(',', Names.Order(StringComparer.Ordinal))}",
    };
}
