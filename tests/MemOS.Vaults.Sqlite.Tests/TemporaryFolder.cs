namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("memos-test-").FullName;

    /// <summary>The folder of a vault below it.</summary>
    public VaultFolder Vault(string id) => new(System.IO.Path.Combine(Path, "vaults", VaultFolderName.Encode(new VaultId(id))));

    /// <summary>Copies a closed vault to another engine's folder.</summary>
    public void CopyVaultTo(string id, TemporaryFolder other)
    {
        string source = Vault(id).Path;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(other.Vault(id).Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!); // a file has a folder
            File.Copy(file, target, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
