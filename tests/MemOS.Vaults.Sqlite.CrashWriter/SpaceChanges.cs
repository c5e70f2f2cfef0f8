using MemOS.Reader;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>Opens a vault with an embedder of some space, which begins to re-embed it, and adds messages meanwhile until it is killed.</summary>
internal static class SpaceChanges
{
    public static readonly VaultId Vault = new("spaces");

    /// <summary>Writes a line when the vault is open, for each batch that is embedded ("batch"), and for each message that was acknowledged (its text).</summary>
    public static async Task RunAsync(string folder, string space, int seed)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        var gate = new Lock();
        var embedder = new NamedEmbedder(space, () => Say("batch"));
        await using MemoryVault vault = await OpenAsync(folder, embedder);
        Say("open");
        _ = vault.SettleAsync();
        for (int i = 0; ; i++)
        {
            string text = $"Message {i} of run {seed}.";
            await vault.AddAsync([new Message { Id = "", Conversation = $"run {seed}", Speaker = "Ann", Text = text, Time = TimeProvider.System.GetUtcNow() }]);
            Say(text);
        }

        void Say(string line)
        {
            lock (gate)
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
    }

    public static async Task<MemoryVault> OpenAsync(string folder, NamedEmbedder embedder) => await MemoryVault.OpenAsync(
        await new SqliteVaultEngine(folder, null, TimeProvider.System).OpenAsync(Vault, create: true), new MemoryVaultOptions { Embedder = embedder });
}
