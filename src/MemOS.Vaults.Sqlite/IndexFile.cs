using Microsoft.Win32.SafeHandles;

namespace MemOS.Vaults.Sqlite;

/// <summary>The saved index of a vault: one file, written beside the old one and renamed, dropped with every forgetting.</summary>
/// <remarks>Safe for use by several threads.</remarks>
internal sealed class IndexFile(VaultFolder folder)
{
    private const int BufferSize = 1 << 16;

    private readonly Lock _lock = new();
    private long _generation;

    /// <summary>Rises whenever the file is dropped.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Opens it; null when there is none.</summary>
    public SafeFileHandle? Open()
    {
        try
        {
            return File.OpenHandle(folder.IndexFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, folder.IndexFile);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, folder.IndexFile);
        }
    }

    /// <summary>Writes it anew; false when it was dropped since the generation was read.</summary>
    public bool Save(long generation, Action<Stream> write)
    {
        FileStream? file = CreateNew(generation);
        if (file is null)
        {
            return false;
        }

        bool saved = false;
        try
        {
            using (file)
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            lock (_lock)
            {
                if (generation == _generation)
                {
                    File.Move(folder.NewIndexFile, folder.IndexFile, overwrite: true);
                    saved = true;
                }
            }

            return saved;
        }
        finally
        {
            if (!saved)
            {
                File.Delete(folder.NewIndexFile);
            }
        }
    }

    /// <summary>Removes it and what is being written, whose content may not stay.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.StorageFailed"/>.</exception>
    public void Drop()
    {
        lock (_lock)
        {
            _generation++;
            Delete(folder.IndexFile);
            Delete(folder.NewIndexFile);
        }
    }

    /// <summary>Removes what a process that died left half written.</summary>
    public void RemoveLeftover() => Delete(folder.NewIndexFile);

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, path);
        }
    }

    private FileStream? CreateNew(long generation)
    {
        lock (_lock)
        {
            return generation == _generation
                ? new FileStream(folder.NewIndexFile, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, BufferSize)
                : null;
        }
    }
}
