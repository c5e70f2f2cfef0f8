using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Evaluation.Datasets;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Ranking;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.RankingTrainer;

/// <summary>Stores each conversation in a vault as applications do, and measures the best documents for each of its questions.</summary>
internal sealed class PoolReader(string folder)
{
    private const int BatchSize = 256;
    private readonly SqliteVaultEngine _engine = new(folder, null, TimeProvider.System);
    private readonly MemoryVaultOptions _options = new() { Embedder = WordNetEmbedder.Shared };

    /// <summary>The pools of all questions with evidence.</summary>
    public async Task<ImmutableArray<LabelledPool>> ReadAsync(IDatasetReader dataset, string path)
    {
        var pools = ImmutableArray.CreateBuilder<LabelledPool>();
        await foreach (LabelledConversation conversation in dataset.ReadAsync(path))
        {
            VaultId id = new($"{dataset.Name}-{conversation.Name}");
            await using (MemoryVault vault = await MemoryVault.OpenAsync(await _engine.OpenAsync(id, create: true), _options))
            {
                foreach (Message[] batch in conversation.Messages.Chunk(BatchSize))
                {
                    await vault.AddAsync(batch);
                }

                await vault.SettleAsync();
            }

            await MeasureAsync(dataset, conversation, id, pools);
        }

        return pools.ToImmutable();
    }

    // Each feature once more, by the length of the text.
    private static float[] WithLength(float[] features) => [.. features, .. features.Select(feature => feature * features[(int)RankingFeature.Length])];

    private async Task MeasureAsync(IDatasetReader dataset, LabelledConversation conversation, VaultId id, ImmutableArray<LabelledPool>.Builder pools)
    {
        await using IVaultStore store = await _engine.OpenAsync(id, create: false);
        DocumentAnalyzer analyzer = new(_options.Embedder);
        RecallIndex index = new(analyzer.Space, _options.Recall);
        Dictionary<long, ImmutableArray<MessageSource>> sources = [];
        store.Read(reader =>
        {
            foreach ((MemCube cube, CubeVector? vector) in reader.ReadCurrentWithVectors(analyzer.Space))
            {
                index.Apply(cube, DocumentAnalyzer.Analyze(cube, vector));
                sources[cube.Sequence] = cube.Sources;
            }

            return 0;
        });
        DateTimeOffset end = conversation.Messages.Max(message => message.Time);
        foreach (LabelledQuestion question in conversation.Questions.Where(question => !question.Evidence.IsEmpty))
        {
            RecallQuery query = new() { Text = question.Text, ReferenceTime = question.AskedAt ?? end };
            CubeVector? vector = await analyzer.EmbedAsync(question.Text);
            pools.Add(new LabelledPool(
                dataset.Name, conversation.Name, question.Category, dataset.SplitOf(conversation.Name), question.Evidence.Count,
                [.. index.Measure(query, vector, end).Select(document => new LabelledDocument(
                    document.Score, WithLength(document.Features),
                    [.. sources[document.Sequence].Select(source => source.MessageId).Distinct().Where(question.Evidence.Contains)]))]));
        }
    }
}
