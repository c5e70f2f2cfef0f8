using System.Collections.Immutable;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Datasets.Talks;

namespace MemOS.Evaluation.Datasets;

/// <summary>The data sets that can be read.</summary>
public static class DatasetReaders
{
    /// <summary>All of them; each is a command of <c>memos eval</c>.</summary>
    public static ImmutableArray<IDatasetReader> All { get; } = [new LoCoMoReader(), new TalkReader()];
}
