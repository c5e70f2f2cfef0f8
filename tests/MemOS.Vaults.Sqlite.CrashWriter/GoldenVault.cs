using MemOS.Testing.Vaults;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>Makes the vault that is kept, file for file, as the sample of a format: every kind of row, from fixed steps at fixed times.</summary>
internal static class GoldenVault
{
    /// <summary>Makes the vault, and writes the answers that it gives to <c>answers.txt</c> beside it.</summary>
    public static async Task MakeWithAnswersAsync(string folder)
    {
        await MakeAsync(folder);
        await using IVaultStore store = await new SqliteVaultEngine(folder, null, TimeProvider.System).OpenAsync(GoldenSteps.Vault, create: false);
        await File.WriteAllTextAsync(Path.Combine(folder, "answers.txt"), store.Read(VaultDigest.Of));
    }

    public static async Task MakeAsync(string folder)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(GoldenSteps.Begin);
        await using IVaultStore store = await new SqliteVaultEngine(folder, null, clock).OpenAsync(GoldenSteps.Vault, create: true);
        foreach ((byte, byte, byte, byte) step in GoldenSteps.All)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            try
            {
                await store.WriteAsync((reader, change) =>
                {
                    GoldenSteps.Operations.Plan(step)(reader, change);
                    return 0;
                });
            }
            catch (MemOSException)
            {
                // Refused steps leave nothing; the model refuses them too.
            }
        }
    }
}
