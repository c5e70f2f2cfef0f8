using System.Collections.Concurrent;
using System.Security.Cryptography;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>Payload bytes as files under their SHA-256: <c>payloads/ab/abcd...</c>. All members may be called concurrently.</summary>
/// <param name="folder">The vault.</param>
/// <param name="clock">For the names of files in the making.</param>
/// <param name="create">Opens a new file for writing; replaced by tests that make writing fail.</param>
internal sealed class PayloadFiles(VaultFolder folder, TimeProvider clock, Func<string, Stream> create)
{
    private const string Unfinished = "new-";
    private readonly ConcurrentDictionary<ContentHash, (long Length, DateTime Written)> _verified = [];
    private readonly ConcurrentDictionary<ContentHash, int> _staged = []; // how often, less what was discarded

    public static Stream CreateFile(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    public bool Exists(ContentHash hash) => File.Exists(PathOf(hash));

    public Task<(ContentHash Hash, long Length)> StageAsync(Stream content, CancellationToken cancellationToken) =>
        StageAsync((path, cancel) => CopyAsync(content, path, cancel), cancellationToken);

    /// <summary>Takes in a file that is written in its place, without a copy.</summary>
    public Task<(ContentHash Hash, long Length)> StageAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken) => StageAsync(
        async (path, cancel) =>
        {
            await write(path, cancel).ConfigureAwait(false);
            return await SealAsync(path, cancel).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<(ContentHash Hash, long Length)> StageAsync(Func<string, CancellationToken, Task<(ContentHash Hash, long Length)>> make, CancellationToken cancellationToken)
    {
        string unfinished = System.IO.Path.Combine(folder.Payloads, Unfinished + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        try
        {
            Directory.CreateDirectory(folder.Payloads);
            (ContentHash hash, long length) = await make(unfinished, cancellationToken).ConfigureAwait(false);
            string path = PathOf(hash);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // the path has a parent
            _staged.AddOrUpdate(hash, 1, (_, times) => times + 1);
            File.Move(unfinished, path, overwrite: true);
            return (hash, length);
        }
        catch (Exception error)
        {
            Discard(unfinished);
            throw error switch
            {
                IOException io => SqliteErrors.From(io, unfinished),
                UnauthorizedAccessException access => SqliteErrors.From(access, unfinished),
                _ => error,
            };
        }
    }

    /// <summary>Opens the bytes; the first time in a session they are hashed and compared with their address.</summary>
    public Stream Open(ContentHash hash)
    {
        string path = PathOf(hash);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SqliteErrors.Corrupted(path, "the payload is missing", error);
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, path);
        }

        try
        {
            (long, DateTime) seen = (file.Length, File.GetLastWriteTimeUtc(path));
            if (!_verified.TryGetValue(hash, out (long, DateTime) known) || known != seen)
            {
                Verify(file, hash, path);
                _verified[hash] = seen;
            }

            return file;
        }
        catch (Exception error)
        {
            file.Dispose();
            throw error is IOException io ? SqliteErrors.From(io, path) : error;
        }
    }

    /// <summary>Hashes the bytes again, whatever was seen before.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/>.</exception>
    public void Verify(ContentHash hash)
    {
        _verified.TryRemove(hash, out _);
        Open(hash).Dispose();
    }

    /// <summary>Erases bytes that no version refers to, unless they were staged a second time and somebody may be about to write what refers to them.</summary>
    public void Discard(ContentHash hash)
    {
        if (_staged.AddOrUpdate(hash, 0, (_, times) => times - 1) <= 0)
        {
            Erase(hash);
        }
    }

    /// <summary>Overwrites the bytes with zeros, makes that durable, and removes the file. Where a file system writes elsewhere, the name goes all the same.</summary>
    public void Erase(ContentHash hash)
    {
        string path = PathOf(hash);
        if (File.Exists(path))
        {
            EraseFile(path);
        }

        _verified.TryRemove(hash, out _);
        _staged.TryRemove(hash, out _);
    }

    /// <summary>Removes everything that no version refers to: bytes staged and never used, and files in the making.</summary>
    public void EraseAllBut(HashSet<ContentHash> used)
    {
        foreach (string path in Paths())
        {
            if (!ContentHash.TryParse(System.IO.Path.GetFileName(path), out ContentHash hash) || !used.Contains(hash))
            {
                EraseFile(path);
            }
        }
    }

    /// <summary>All payload files.</summary>
    public IEnumerable<string> Paths() =>
        Directory.Exists(folder.Payloads) ? Directory.EnumerateFiles(folder.Payloads, "*", SearchOption.AllDirectories) : [];

    public string PathOf(ContentHash hash) => System.IO.Path.Combine(folder.Payloads, hash.Value[..2], hash.Value);

    private async Task<(ContentHash Hash, long Length)> CopyAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        Stream file = create(path);
        await using (file.ConfigureAwait(false))
        {
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                sha.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                length += read;
            }

            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            (file as FileStream)?.Flush(flushToDisk: true);
        }

        return (ContentHash.FromDigest(sha.GetHashAndReset()), length);
    }

    private static async Task<(ContentHash Hash, long Length)> SealAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        await using (file.ConfigureAwait(false))
        {
            ContentHash hash = ContentHash.FromDigest(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
            file.Flush(flushToDisk: true);
            return (hash, file.Length);
        }
    }

    private static void Verify(FileStream file, ContentHash hash, string path)
    {
        if (ContentHash.FromDigest(SHA256.HashData(file)) != hash)
        {
            throw SqliteErrors.Corrupted(path, "its bytes do not have their hash");
        }

        file.Position = 0;
    }

    private static void EraseFile(string path)
    {
        try
        {
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            {
                byte[] zeros = new byte[(int)Math.Min(file.Length, 1 << 20)];
                for (long left = file.Length; left > 0; left -= zeros.Length)
                {
                    file.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
                }

                file.Flush(flushToDisk: true);
            }

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

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // Removed at the next opening.
        }
    }
}
