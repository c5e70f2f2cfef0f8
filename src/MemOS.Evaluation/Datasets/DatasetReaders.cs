using System.Collections.Immutable;
using MemOS.Evaluation.Datasets.Beam;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Datasets.LongMemEval;
using MemOS.Evaluation.Datasets.PersonaMem;
using MemOS.Evaluation.Datasets.PrefEval;
using MemOS.Evaluation.Datasets.Talks;

namespace MemOS.Evaluation.Datasets;

/// <summary>The data sets that can be read.</summary>
public static class DatasetReaders
{
    /// <summary>All of them; each is a command of <c>memos eval</c>.</summary>
    public static ImmutableArray<IDatasetReader> All { get; } =
    [
        new LoCoMoReader(), new LongMemEvalReader(), new PersonaMemReader(), new PrefEvalReader(), new BeamReader(), new TalkReader(),
    ];
}
