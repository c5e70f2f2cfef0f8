namespace MemOS.Vaults.Sqlite;

/// <summary>Keeps a vault to one opener. The operating system holds the lock, so that it ends with the process, however that dies.</summary>
internal sealed class VaultLock : IDisposable
{
    private readonly FileStream _file;

    private VaultLock(FileStream file) => _file = file;

    /// <exception cref="MemOSException"><see cref="ErrorCodes.VaultInUse"/> when another holds it.</exception>
    public static VaultLock Take(string path, VaultId id)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
            return new VaultLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, path);
        }
        catch (DirectoryNotFoundException error)
        {
            throw SqliteErrors.From(error, path);
        }
        catch (IOException error) when (!SqliteErrors.IsDiskFull(error))
        {
            throw new MemOSException(
                ErrorCodes.VaultInUse, $"The vault '{id}' is open in another process, or twice in this one. Close it there first.", error)
            { IsTransient = true };
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, path);
        }
    }

    public void Dispose() => _file.Dispose();
}
