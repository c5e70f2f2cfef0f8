using System.Runtime.InteropServices;
using MemOS.Cubes;
using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>A commit that the operating system refuses fails all writes of its group with a typed error; the next one works.</summary>
public sealed class CommitFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task A_log_that_cannot_be_written_fails_the_commit_and_the_vault_goes_on()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            await AddAsync(store, "before");
            ReadOnlyLog.Make(_folder.Vault("fault").LogFile);
            MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => AddAsync(store, "during"));
            Assert.Equal(ErrorCodes.StorageFailed, error.Code);
            Assert.True(error.IsTransient);
            Assert.Equal((1L, 1L), store.Read(reader => (reader.Statistics().Messages, reader.LastSequence)));
            Assert.Equal(2, (await AddAsync(store, "after")).Cubes[0].Cube.Sequence);
            Assert.Equal(["before", "after"], store.Read(reader => reader.ReadMessages().Select(message => message.Id).ToArray()));
            Assert.Empty(store.Verify());
        }

        await using IVaultStore again = await OpenAsync();
        Assert.Equal(["before", "after"], again.Read(reader => reader.ReadMessages().Select(message => message.Id).ToArray()));
        Assert.Empty(again.Verify());
    }

    [LinuxFact]
    public async Task A_failed_commit_is_not_announced_and_fails_everyone_who_shared_it()
    {
        await using IVaultStore store = await OpenAsync();
        await AddAsync(store, "before");
        var announced = new List<VaultChange>();
        store.Committed = announced.AddRange;
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        Task<int> first = Task.Run(() => store.WriteAsync((_, change) =>
        {
            change.Audit.Add(Sample.Audit());
            begun.Release();
            goOn.Wait();
            return 0;
        }));
        await begun.WaitAsync();
        Task<VaultChange>[] others = [.. Enumerable.Range(0, 4).Select(i => AddAsync(store, $"m{i}"))];
        ReadOnlyLog.Make(_folder.Vault("fault").LogFile);
        goOn.Set();
        foreach (Task write in (Task[])[first, .. others])
        {
            Assert.Equal(ErrorCodes.StorageFailed, (await Assert.ThrowsAsync<MemOSException>(() => write)).Code);
        }

        Assert.Empty(announced);
        await AddAsync(store, "after");
        Assert.Single(announced);
        Assert.Empty(store.Verify());
    }

    private static Task<VaultChange> AddAsync(IVaultStore store, string id) => store.WriteAsync((_, change) =>
    {
        change.Messages.Add(Sample.Message(id, "text"));
        change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(TimeProvider.System), $"text of {id}")));
        return change;
    });

    private Task<IVaultStore> OpenAsync() => new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId("fault"), create: true);

    /// <summary>Puts a descriptor that cannot be written to in the place of those by which this process has a file open.</summary>
    private static class ReadOnlyLog
    {
        public static void Make(string path)
        {
            int[] descriptors = [.. Directory.EnumerateFileSystemEntries("/proc/self/fd")
                .Where(link => new FileInfo(link).LinkTarget == path)
                .Select(link => int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture))];
            Assert.NotEmpty(descriptors);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            foreach (int descriptor in descriptors)
            {
                Assert.Equal(descriptor, dup2((int)file.SafeFileHandle.DangerousGetHandle(), descriptor));
            }
        }

#pragma warning disable SYSLIB1054 // generated marshalling is unsafe code, and two numbers need none
        [DllImport("libc")]
        private static extern int dup2(int from, int to);
#pragma warning restore SYSLIB1054
    }
}
