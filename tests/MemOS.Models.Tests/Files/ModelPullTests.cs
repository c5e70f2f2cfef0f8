using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MemOS.Models.Files;

namespace MemOS.Models.Tests.Files;

/// <summary>Downloads from a server that drops connections, falls silent, or sends elsewhere.</summary>
public sealed class ModelPullTests : IAsyncDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("memos-pull-");
    private readonly UnreliableServer server = new() { Content = Model(300_000, seed: 1) };
    private readonly HttpClient http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
    private readonly PauselessClock clock = new();
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
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), sha256: Hash(server.Content), progress: new Seen(seen));
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
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"));
        Assert.True(server.Starts[^1] >= 100_000);
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_part_that_was_not_asked_for_and_a_note_that_is_no_note_begin_it_anew()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        server.Lies = true;
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.True(server.Starts[^2] > 0 && server.Starts[^1] == 0);

        using CancellationTokenSource again = new();
        server.Lies = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("other.gguf"), progress: new Cancels(again, 100_000), cancellationToken: again.Token));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "other.gguf.partial.json"), "{\"Sour");
        model = await new ModelPull(folder, http, clock).PullAsync(server.Address("other.gguf"));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_begins_anew()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        (server.Content, server.Tag) = (Model(200_000, seed: 2), "\"two\"");
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"));
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
        ModelException given = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
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

    [Fact]
    public async Task A_source_that_falls_silent_is_asked_again_from_where_it_stopped()
    {
        (server.BytesPerConnection, server.FallsSilent) = (100_000, true);
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new WaitsInVain(clock, 100_000));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.Equal([0, 100_000, 200_000], server.Starts);
    }

    [Fact]
    public async Task A_source_that_says_nothing_more_is_given_up_and_the_same_call_goes_on_later()
    {
        (server.BytesPerConnection, server.FallsSilent, server.Ignores) = (100_000, true, () => clock.Advance(TimeSpan.FromSeconds(60)));
        ModelException given = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new WaitsInVain(clock, 100_000, () => server.BytesPerConnection = 0)));
        Assert.Equal(ModelErrorCodes.DownloadFailed, given.Code);
        Assert.True(given.IsTransient);
        Assert.Contains("Nothing came for 60 seconds. 100000 bytes have arrived; the same command goes on from there.", given.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", given.Message, StringComparison.Ordinal);
        Assert.Equal([0, 100_000], server.Starts);

        (server.BytesPerConnection, server.FallsSilent) = (int.MaxValue, false);
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), sha256: Hash(server.Content));
        Assert.Equal([0, 100_000, 100_000], server.Starts);
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_redirect_is_followed_anew_at_each_try_and_takes_no_key_along()
    {
        await using UnreliableServer hub = new() { SendsTo = server.Address("4711") };
        server.BytesPerConnection = 120_000;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "of-the-hub");
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(hub.Address("tiny.gguf"), sha256: Hash(server.Content));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.Equal([0, 120_000, 240_000], server.Starts);
        Assert.Equal(3, hub.Starts.Count);
        Assert.All(hub.Requests, request => Assert.Contains("of-the-hub", request, StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.DoesNotContain("of-the-hub", request, StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.DoesNotContain("tiny", request, StringComparison.Ordinal));
        Assert.Equal("tiny", model.Name);
        Assert.EndsWith("/tiny.gguf", model.Origin?.Source, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(hub.Address("tiny.gguf"), sha256: new string('0', 64)));
    }

    [Fact]
    public async Task A_key_is_shown_to_the_server_of_the_address_alone()
    {
        await using UnreliableServer hub = new() { SendsTo = server.Address("4711"), Key = "of-the-hub" };
        server.BytesPerConnection = 200_000;
        InstalledModel model = await new ModelPull(folder, http, clock) { Key = "of-the-hub" }.PullAsync(hub.Address("tiny.gguf"), sha256: Hash(server.Content));
        Assert.Equal([0, 200_000], server.Starts);
        Assert.All(hub.Requests, request => Assert.Contains("Authorization: Bearer of-the-hub", request, StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.DoesNotContain("of-the-hub", request, StringComparison.Ordinal));
        Assert.All(Directory.GetFiles(folder.Path, "*.json"), note => Assert.DoesNotContain("of-the-hub", File.ReadAllText(note), StringComparison.Ordinal));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task A_key_is_not_sent_where_it_would_be_readable_on_the_way()
    {
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock) { Key = "secret" }.PullAsync("http://models.example/tiny.gguf"));
        Assert.Equal(ModelErrorCodes.InvalidRequest, refused.Code);
    }

    [Fact]
    public async Task Another_place_of_the_same_server_is_shown_the_key_too()
    {
        (server.Key, server.SendsTo, server.Keeps, server.BytesPerConnection) = ("of-the-server", "/store/4711", "/store/4711", 200_000);
        InstalledModel model = await new ModelPull(folder, http, clock) { Key = "of-the-server" }.PullAsync(server.Address("tiny.gguf"), sha256: Hash(server.Content));
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
    }

    [Fact]
    public async Task Another_server_that_wants_a_key_is_not_shown_that_of_the_first()
    {
        server.Key = "of-the-store";
        await using UnreliableServer hub = new() { SendsTo = server.Address("4711") };
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock) { Key = "of-the-store" }.PullAsync(hub.Address("tiny.gguf")));
        Assert.Contains("which is not shown it", refused.Message, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.DoesNotContain("of-the-store", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "It wants a key")]
    [InlineData("wrong", "It did not take the key")]
    public async Task A_source_that_wants_a_key_is_given_up_at_once_and_says_so(string? key, string words)
    {
        server.Key = "of-the-server";
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock) { Key = key }.PullAsync(server.Address("tiny.gguf")));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("https://host/a/b%20c.gguf?key=secret#x", "b c.gguf")]
    [InlineData("http://me:secret@host/tiny.gguf", "tiny.gguf")]
    [InlineData("folder/tiny.gguf", "tiny.gguf")]
    public void A_source_is_named_without_what_may_hold_a_key(string source, string name) => Assert.Equal(name, ModelPull.NameOf(source));

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/tiny.gguf?key=other")]
    [InlineData("/tiny.gguf")] // in a circle
    public async Task A_redirect_to_what_is_no_web_address_or_has_no_end_is_refused_at_once(string target)
    {
        server.SendsTo = target;
        await RefusesRedirectAsync(server);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused_at_once()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using UnreliableServer hub = new(certificate) { SendsTo = server.Address("4711") };
        using HttpClientHandler trusting = new() { ServerCertificateCustomValidationCallback = (_, seen, _, _) => seen?.Thumbprint == certificate.Thumbprint };
        using HttpClient secure = new(trusting);
        await RefusesRedirectAsync(hub, secure);
        Assert.Single(hub.Starts);
        Assert.Empty(server.Starts);
    }

    [Fact]
    public async Task A_name_and_a_password_in_the_address_are_not_kept()
    {
        string address = server.Address("tiny.gguf").Replace("://", "://me:secret@", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await new ModelPull(folder, http, clock).PullAsync(address)).Origin?.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_pulls_of_one_model_do_not_write_into_one_another()
    {
        ModelException? refused = null;
        InstalledModel model = await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Tries(() => refused ??= Record.Exception(() => folder.Remove("tiny")) as ModelException));
        Assert.True(refused is { Code: ModelErrorCodes.DownloadFailed, IsTransient: true });
        Assert.Equal(server.Content, File.ReadAllBytes(model.File));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);

        using (ModelFolder.Claim(model.File))
        {
            refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
            Assert.True(refused is { Code: ModelErrorCodes.DownloadFailed, IsTransient: true });
        }

        Assert.Equal(server.Content, File.ReadAllBytes((await new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"))).File));
    }

    [Fact]
    public async Task A_full_disk_is_told_at_once_and_not_taken_for_a_failing_source()
    {
        server.Claims = long.MaxValue / 2;
        ModelException full = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf")));
        Assert.Equal((ModelErrorCodes.DownloadFailed, false), (full.Code, full.IsTransient));
        Assert.Contains("free", full.Message, StringComparison.Ordinal);
        Assert.Single(server.Starts);
        if (OperatingSystem.IsLinux())
        {
            server.Claims = null;
            File.CreateSymbolicLink(Path.Combine(folder.Path, "other.gguf.partial"), "/dev/full");
            full = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("other.gguf")));
            Assert.Equal((ModelErrorCodes.DownloadFailed, false), (full.Code, full.IsTransient));
            Assert.Equal(2, server.Starts.Count);
        }
    }

    [Theory]
    [InlineData("tiny.gguf", "abcd")]
    [InlineData("tiny.gguf", "sha256:78bec0661efebc71dae087b9144001e0a64e128060ee370fcdb87bfc7a84")]
    [InlineData("ftp://host/tiny.gguf", null)]
    [InlineData("file:///tmp/tiny.gguf", null)]
    public async Task What_cannot_come_to_an_end_is_refused_before_anything_is_brought(string source, string? hash)
    {
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(source.Contains(':', StringComparison.Ordinal) ? source : server.Address(source), sha256: hash));
        Assert.Equal(ModelErrorCodes.InvalidRequest, refused.Code);
        Assert.Empty(server.Starts);
    }

    [Fact]
    public async Task A_pull_that_was_not_ended_can_be_given_up()
    {
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), progress: new Cancels(cancel, 100_000), cancellationToken: cancel.Token));
        Assert.Empty(folder.List());
        Assert.InRange(folder.Remove("tiny"), 100_000, 300_000);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Equal(ModelErrorCodes.ModelNotFound, Assert.Throws<ModelException>(() => folder.Remove("tiny")).Code);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_name_cannot_lead_out_of_the_folder(string name) =>
        Assert.Equal(ModelErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, http, clock).PullAsync(server.Address("tiny.gguf"), name))).Code);

    private async Task RefusesRedirectAsync(UnreliableServer hub, HttpClient? client = null)
    {
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ModelPull(folder, client ?? http, clock).PullAsync(hub.Address("tiny.gguf")));
        Assert.Equal(ModelErrorCodes.DownloadFailed, refused.Code);
        Assert.False(refused.IsTransient);
        Assert.DoesNotContain("key", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
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

    // Has no patience left wherever so many bytes more have arrived.
    private sealed class WaitsInVain(PauselessClock clock, long each, Action? before = null) : IProgress<PullProgress>
    {
        public void Report(PullProgress value)
        {
            if (value.Bytes % each == 0 && value.Bytes != value.Total)
            {
                before?.Invoke();
                clock.Advance(TimeSpan.FromSeconds(60));
            }
        }
    }

    private sealed class Tries(Action action) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => action();
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
