using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Vaults;

/// <summary>A vault that was written with one embedder and is opened with another.</summary>
public sealed class ChangedEmbedderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_vault_written_with_another_embedder_is_found_by_the_vectors_of_the_new_one()
    {
        await using (MemoryVault old = await OpenAsync(new LetterEmbedder(), create: true))
        {
            await old.AddAsync([Said("My new automobile is red."), Said("The soup was too salty.")]);
        }

        await using (MemoryVault changed = await OpenAsync(WordNetEmbedder.Shared))
        {
            await changed.AddAsync([Said("The physician prescribed rest.")]);
            Assert.Equal("My new automobile is red.", await LikestAsync(changed, "car"));
            Assert.Equal("The physician prescribed rest.", await LikestAsync(changed, "doctor"));
        }

        // The saved index, if there is one, is of the new space.
        await using MemoryVault again = await OpenAsync(WordNetEmbedder.Shared);
        Assert.Equal("My new automobile is red.", await LikestAsync(again, "car"));
    }

    public void Dispose() => _folder.Dispose();

    private static Message Said(string text) => new() { Id = "", Speaker = "Ann", Text = text, Time = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };

    private static async Task<string?> LikestAsync(MemoryVault vault, string question)
    {
        RecallHit likest = (await vault.RecallAsync(new RecallQuery { Text = question })).Hits.MaxBy(hit => hit.Breakdown.Vector)!;
        Assert.True(likest.Breakdown.Vector > 0);
        return likest.Cube.Text;
    }

    private async Task<MemoryVault> OpenAsync(IEmbeddingGenerator<string, Embedding<float>> embedder, bool create = false) => await MemoryVault.OpenAsync(
        await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId("v"), create), new MemoryVaultOptions { Embedder = embedder });

    private sealed class LetterEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(new float[] { value.Length, value[0], 1 }))));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "letters", 3) : null;

        public void Dispose()
        {
        }
    }
}
