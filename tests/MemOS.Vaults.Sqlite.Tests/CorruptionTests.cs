using MemOS.Cubes;
using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>A damaged file is named; it never gives a wrong answer.</summary>
public sealed class CorruptionTests : IDisposable
{
    private static readonly VaultId Vault = GoldenSteps.Vault;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_flipped_bit_anywhere_in_a_closed_vault_is_seen_at_opening()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        string path = _folder.Vault("golden").DatabaseFile;
        byte[] sound = await File.ReadAllBytesAsync(path);
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            byte[] damaged = [.. sound];
            damaged[random.Next(sound.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, damaged);
            MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
            Assert.Equal(ErrorCodes.Corrupted, error.Code);
            Assert.Contains("vault.db", error.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(path));
        }

        await File.WriteAllBytesAsync(path, sound);
        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Without_the_seal_a_flipped_bit_is_seen_or_changes_no_answer()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        VaultFolder folder = _folder.Vault("golden");
        byte[] sound = await File.ReadAllBytesAsync(folder.DatabaseFile);
        string expected = await AnswersAsync();
        var random = new Random(2);
        int seen = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. sound];
            damaged[random.Next(sound.Length)] ^= (byte)(1 << random.Next(8));
            File.Delete(folder.SealFile);
            File.Delete(folder.LogFile);
            await File.WriteAllBytesAsync(folder.DatabaseFile, damaged);
            try
            {
                Assert.Equal(expected, await AnswersAsync());
            }
            catch (MemOSException error)
            {
                Assert.True(error.Code is ErrorCodes.Corrupted or ErrorCodes.FormatTooNew, error.ToString());
                seen++;
            }
        }

        Assert.True(seen > 40, $"Only {seen} of 400 flips were seen: nothing was tested.");
    }

    [Fact]
    public async Task A_file_that_is_cut_off_or_no_vault_is_named_and_left_as_it_is()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        VaultFolder folder = _folder.Vault("golden");
        byte[] sound = await File.ReadAllBytesAsync(folder.DatabaseFile);
        byte[] otherApplication = [.. sound];
        otherApplication[68] ^= 0xff;
        byte[][] damages = [[], [1, 2, 3], new byte[100_000], sound[..4096], sound[..^4096], sound[..^1], otherApplication];
        foreach (byte[] damaged in damages)
        {
            File.Delete(folder.SealFile);
            await File.WriteAllBytesAsync(folder.DatabaseFile, damaged);
            MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
            Assert.Equal(ErrorCodes.Corrupted, error.Code);
            Assert.Contains("vault.db", error.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(folder.DatabaseFile));
        }
    }

    [Fact]
    public async Task A_database_that_is_gone_is_named_and_no_new_one_takes_its_place()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        VaultFolder folder = _folder.Vault("golden");
        File.Delete(folder.DatabaseFile);
        await GoneAsync();
        File.Delete(folder.SealFile);
        Directory.CreateDirectory(Path.Combine(folder.Payloads, "ab"));
        await GoneAsync(); // payloads are there still
        Directory.Delete(folder.Payloads, recursive: true);
        await using IVaultStore anew = await OpenAsync();
        Assert.Equal(0, anew.Read(reader => reader.LastSequence));

        async Task GoneAsync()
        {
            MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
            Assert.Equal(ErrorCodes.Corrupted, error.Code);
            Assert.Contains("vault.db' is damaged: it is missing", error.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(folder.DatabaseFile));
        }
    }

    [Fact]
    public async Task A_newer_format_is_refused_with_its_name()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        VaultFolder folder = _folder.Vault("golden");
        using (Database database = Database.OpenWriter(folder.DatabaseFile, new SqliteVaultOptions()))
        {
            database.Run($"PRAGMA user_version = {Migrations.Format + 1}");
        }

        File.Delete(folder.SealFile);
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
        Assert.Equal(ErrorCodes.FormatTooNew, error.Code);
        Assert.Contains($"format {Migrations.Format + 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_under_another_ones_name_is_refused()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        Directory.Move(_folder.Vault("golden").Path, _folder.Vault("other").Path);
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(
            () => new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId("other"), create: false));
        Assert.Equal(ErrorCodes.Corrupted, error.Code);
    }

    [Fact]
    public async Task A_damaged_policy_is_named_and_gives_no_other_budget()
    {
        VaultFolder folder = _folder.Vault("golden");
        await using (IVaultStore store = await OpenAsync())
        {
            await store.WriteAsync((_, change) => change.StatePolicy = """{"disk_bytes":1000}""");
        }

        using (Database database = Database.OpenWriter(folder.DatabaseFile, new SqliteVaultOptions()))
        {
            database.Run("UPDATE meta SET value = replace(value, '1000', '9000') WHERE key = 'state_policy'");
        }

        File.Delete(folder.SealFile);
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
        Assert.Equal(ErrorCodes.Corrupted, error.Code);
        Assert.Contains("vault.db' is damaged: the policy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_payload_is_named_when_it_is_opened_and_by_the_full_check()
    {
        await using IVaultStore store = await OpenAsync();
        (ContentHash hash, long length) = await store.StagePayloadAsync(new MemoryStream(new byte[10_000]));
        await store.WriteAsync((_, change) =>
        {
            change.Cubes.Add(new CubeWrite(
                Sample.Cube(CubeId.New(TimeProvider.System), "") with { Payload = new StoredPayload(PayloadKind.Parametric, hash, length, "x") }));
            return 0;
        });
        Assert.Empty(store.Verify());
        string path = Directory.EnumerateFiles(_folder.Vault("golden").Payloads, "*", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        MemOSException error = Assert.Throws<MemOSException>(() => store.OpenPayload(hash));
        Assert.Equal(ErrorCodes.Corrupted, error.Code);
        Assert.Contains(hash.Value, error.Message, StringComparison.Ordinal);
        Assert.Contains(hash.Value, Assert.Single(store.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_full_check_names_a_damaged_row()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        await using IVaultStore store = await OpenAsync();
        using (Database database = Database.OpenWriter(_folder.Vault("golden").DatabaseFile, new SqliteVaultOptions()))
        {
            database.Run("UPDATE version SET state = state % 6 + 1 WHERE sequence = (SELECT max(sequence) FROM version)");
        }

        long last = store.Read(reader => reader.LastSequence);
        Assert.Contains($"version ", Assert.Single(store.Verify()), StringComparison.Ordinal);
        MemOSException error = Assert.Throws<MemOSException>(() => store.Read(reader =>
            Enumerable.Range(1, (int)last).Select(sequence => reader.FindBySequence(sequence)).ToArray()));
        Assert.Equal(ErrorCodes.Corrupted, error.Code);
    }

    private async Task<string> AnswersAsync()
    {
        await using IVaultStore store = await OpenAsync();
        return store.Read(VaultDigest.Of);
    }

    private Task<IVaultStore> OpenAsync() => new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(Vault, create: true);
}
