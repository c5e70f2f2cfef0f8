using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Vaults;

public sealed class SlowEmbedderTests
{
    [Fact]
    public async Task A_write_waits_for_an_embedder_outside_of_the_writers_thread_and_asks_for_all_texts_at_once()
    {
        string folder = Directory.CreateTempSubdirectory("memos-test-").FullName;
        YieldingEmbedder embedder = new();
        SqliteVaultEngine engine = new(folder, options: null, TimeProvider.System);
        await using (MemoryVault vault = await MemoryVault.OpenAsync(
            await engine.OpenAsync(new VaultId("test"), create: true), new MemoryVaultOptions { Embedder = embedder }))
        {
            MemCube cube = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("one two three four"), Origin = OriginSignature.UserInput });
            int before = embedder.Calls;
            Assert.Equal(3, (await vault.SliceAsync(cube.Id, [4, 8])).Length);
            Assert.Equal(before + 1, embedder.Calls);
            Assert.Equal("four", (await vault.RecallAsync(new RecallQuery { Text = "four" })).Hits[0].Cube.Text!.Split(' ')[^1]);
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class YieldingEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Calls { get; private set; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Calls++;
            return [.. values.Select(value => new Embedding<float>(new float[] { value.Length, 1, value[0] }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "letters", 3) : null;

        public void Dispose()
        {
        }
    }
}
