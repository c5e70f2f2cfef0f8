using MemOS.Cubes;
using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>A write that the disk refuses fails with a typed error, leaves nothing, and the vault works again when there is space.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_database_fails_the_write_and_nothing_of_it_stays()
    {
        long limit = int.MaxValue;
        var options = new SqliteVaultOptions { PageLimit = () => limit };
        await using IVaultStore store = await OpenAsync(options);
        await AddAsync(store, "before", 10);
        limit = 1;
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => AddAsync(store, "during", 2000));
        Assert.Equal(ErrorCodes.DiskFull, error.Code);
        Assert.True(error.IsTransient);
        Assert.Equal((10L, 10L), store.Read(reader => (reader.Statistics().Messages, reader.LastSequence)));
        limit = int.MaxValue;
        VaultChange change = await AddAsync(store, "after", 2000);
        Assert.Equal(11, change.Cubes[0].Cube.Sequence);
        Assert.Empty(store.Verify());
    }

    [Fact]
    public async Task In_a_group_only_the_change_that_cannot_be_written_fails()
    {
        await using IVaultStore store = await OpenAsync(null);
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        Task<int> gate = Task.Run(() => store.WriteAsync((_, change) => // an idle engine writes on the caller's thread
        {
            change.Audit.Add(Sample.Audit());
            begun.Release();
            goOn.Wait();
            return 0;
        }));
        await begun.WaitAsync();
        Task<VaultChange>[] writes = [.. Enumerable.Range(0, 5).Select(i => store.WriteAsync((_, change) =>
        {
            MemCube cube = Sample.Cube(CubeId.New(TimeProvider.System), $"text {i}");

            // Half a surrogate pair has no UTF-8: the statement itself refuses it, after the message was written.
            change.Messages.Add(Sample.Message($"m{i}", "text"));
            change.Cubes.Add(new CubeWrite(i != 2 ? cube : cube with { Descriptive = cube.Descriptive with { FactKey = "\ud800" } }));
            return change;
        }))];
        goOn.Set();
        await gate;
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => writes[2]);
        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        long[] sequences = [.. (await Task.WhenAll(writes.Where((_, i) => i != 2))).Select(change => change.Cubes[0].Cube.Sequence)];
        Assert.Equal([1, 2, 3, 4], sequences);
        Assert.Equal((4L, 4L), store.Read(reader => (reader.Statistics().Messages, reader.LastMessageNumber)));
    }

    [Fact]
    public async Task A_payload_that_cannot_be_written_leaves_no_file()
    {
        var disk = new FailingDisk();
        await using IVaultStore store = await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System, null, disk.Create)
            .OpenAsync(new VaultId("full"), create: true);
        disk.Left = 100_000;
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => store.StagePayloadAsync(new MemoryStream(new byte[1_000_000])));
        Assert.Equal(ErrorCodes.DiskFull, error.Code);
        Assert.Empty(Directory.EnumerateFiles(_folder.Vault("full").Payloads, "*", SearchOption.AllDirectories));
        disk.Left = long.MaxValue;
        (ContentHash hash, _) = await store.StagePayloadAsync(new MemoryStream(new byte[1_000_000]));
        await using Stream stream = store.OpenPayload(hash);
        Assert.Equal(1_000_000, stream.Length);
    }

    [Fact]
    public async Task A_payload_that_was_never_staged_is_refused()
    {
        await using IVaultStore store = await OpenAsync(null);
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => store.WriteAsync((_, change) =>
        {
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(TimeProvider.System), "") with
            {
                Payload = new StoredPayload(PayloadKind.Activation, ContentHash.Of([1]), 1, "x"),
            }));
            return 0;
        }));
        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
    }

    private static Task<VaultChange> AddAsync(IVaultStore store, string name, int count) => store.WriteAsync((_, change) =>
    {
        for (int i = 0; i < count; i++)
        {
            change.Messages.Add(Sample.Message($"{name}-{i}", new string('x', 500)));
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(TimeProvider.System), new string('y', 500))));
        }

        return change;
    });

    private Task<IVaultStore> OpenAsync(SqliteVaultOptions? options) =>
        new SqliteVaultEngine(_folder.Path, options, TimeProvider.System).OpenAsync(new VaultId("full"), create: true);
}
