using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Retrieval;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;

namespace MemOS.EmbedderBuilder.Measurement;

/// <summary>How well the whole of recall finds the evidence of LoCoMo questions with an embedder.</summary>
internal static class Ranking
{
    /// <summary>Runs the evaluation in vaults of a temporary folder.</summary>
    /// <returns>A report for each weight of the vector leg.</returns>
    public static async Task<ImmutableArray<EvaluationReport>> MeasureAsync(
        IEmbeddingGenerator<string, Embedding<float>> embedder, string locomo, ConversationSelection selection, IReadOnlyList<double> vectorWeights)
    {
        DirectoryInfo vaults = Directory.CreateTempSubdirectory("memos-embedder");
        try
        {
            RetrievalEvaluation evaluation = new(
                new SqliteVaultEngine(vaults.FullName, null, TimeProvider.System), new MemoryVaultOptions { Embedder = embedder }, new RetrievalOptions { Selection = selection });
            return await evaluation.RunAsync(
                new LoCoMoReader(), locomo, [.. vectorWeights.Select(weight => new RankingVariant($"vectors at {weight}", RecallOptions.Default with { VectorWeight = weight }))]);
        }
        finally
        {
            vaults.Delete(recursive: true);
        }
    }
}
