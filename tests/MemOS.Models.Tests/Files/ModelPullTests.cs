using System.Security.Cryptography;
using MemOS.Models.Files;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Models.Tests.Files;

/// <summary>Downloads from a server that drops connections.</summary>
public sealed class ModelPullTests : IAsyncDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("memos-pull-");
    private readonly UnreliableServer server = new() { Content = Model(300_000, seed: 1) };
    private readonly HttpClient http = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ModelFolder folder;

    public ModelPullTests() => folder = new ModelFolder(Path.Combine(parent.FullName, "models"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        parent.Delete(recursive: true);
    }

    [Fact]
    public async Task Dropped_connections_are_gone_on_from_where_they_broke()
    {
        server.BytesPerConnection = 70_000;
        List<long> seen = [];
        InstalledModel model = await RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), sha256: Hash(server.Content), progress: new Seen(seen)));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.Equal([0, 70_000, 140_000, 210_000, 280_000], server.Starts);
        Assert.Equal(300_000, seen[^1]);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal("tiny", Assert.Single(folder.List()).Name);
        Assert.DoesNotContain("secret", model.Origin?.Source, StringComparison.Ordinal);
        Assert.Equal(Hash(server.Content), model.Origin?.Sha256);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task A_cancelled_download_is_gone_on_by_the_next_call()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        InstalledModel model = await RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
        Assert.True(server.Starts[^1] >= 100_000);
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_part_that_was_not_asked_for_and_a_note_that_is_no_note_begin_it_anew()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        server.Lies = true;
        InstalledModel model = await RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.True(server.Starts[^2] > 0 && server.Starts[^1] == 0);

        using CancellationTokenSource again = new();
        server.Lies = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("other.gguf"), progress: new Cancels(again, 100_000), cancellationToken: again.Token));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "other.gguf.partial.json"), "{\"Sour");
        model = await RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("other.gguf")));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_begins_anew()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        (server.Content, server.Tag) = (Model(200_000, seed: 2), "\"two\"");
        InstalledModel model = await RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_wrong_hash_leaves_nothing_behind()
    {
        ModelException wrong = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), sha256: new string('0', 64)));
        Assert.Equal(ModelErrorCodes.DownloadFailed, wrong.Code);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_source_that_gives_nothing_more_is_given_up_with_what_has_arrived_kept()
    {
        server.BytesPerConnection = 0;
        ModelException given = await Assert.ThrowsAsync<ModelException>(() => RunAsync(new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"))));
        Assert.Equal(ModelErrorCodes.DownloadFailed, given.Code);
        Assert.True(given.IsTransient);
        Assert.InRange(server.Starts.Count, 2, 10);
    }

    [Fact]
    public async Task An_address_that_is_not_there_fails_at_once()
    {
        server.Status = 404;
        Assert.Equal(ModelErrorCodes.DownloadFailed, (await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")))).Code);
        Assert.Single(server.Starts);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_name_cannot_lead_out_of_the_folder(string name) =>
        Assert.Equal(ModelErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), name))).Code);

    // Pauses between tries are on the clock, which goes on while we wait.
    private async Task<T> RunAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await work;
    }

    private static byte[] Model(int bytes, int seed)
    {
        byte[] content = new byte[bytes];
        new Random(seed).NextBytes(content);
        "GGUF"u8.CopyTo(content);
        return content;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed class Seen(List<long> seen) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => seen.Add(value.Bytes);
    }

    private sealed class Cancels(CancellationTokenSource source, long at) : IProgress<PullProgress>
    {
        public void Report(PullProgress value)
        {
            if (value.Bytes >= at)
            {
                source.Cancel();
            }
        }
    }
}
