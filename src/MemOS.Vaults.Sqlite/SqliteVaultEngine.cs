using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS.Vaults.Sqlite;

/// <summary>The embedded storage engine: one folder per vault, with an SQLite file in WAL mode and payload files.</summary>
/// <remarks>
/// All members may be called concurrently. Copying the folder of a closed vault moves it. A folder on a network share is not supported: SQLite's log
/// needs shared memory.
/// </remarks>
public sealed class SqliteVaultEngine : IVaultEngine
{
    private readonly string _vaults;
    private readonly string _deleted; // beside the vaults, so that looking for what is left of one takes no longer where there are many
    private readonly SqliteVaultOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<string, Stream> _createPayload;

    /// <summary>Uses a folder; it is made when the first vault is.</summary>
    /// <param name="dataFolder">The folder; vaults lie in its sub-folder <c>vaults</c>, and in <c>deleted</c> what is being erased.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="clock">Where times come from.</param>
    /// <param name="loggers">Null for no logs.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SqliteVaultEngine(string dataFolder, SqliteVaultOptions? options, TimeProvider clock, ILoggerFactory? loggers = null)
        : this(dataFolder, options, clock, loggers, PayloadFiles.CreateFile)
    {
    }

    internal SqliteVaultEngine(
        string dataFolder, SqliteVaultOptions? options, TimeProvider clock, ILoggerFactory? loggers, Func<string, Stream> createPayload)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        ArgumentNullException.ThrowIfNull(clock);
        (_vaults, _deleted) = (Path.Combine(Path.GetFullPath(dataFolder), "vaults"), Path.Combine(Path.GetFullPath(dataFolder), "deleted"));
        _options = options ?? new SqliteVaultOptions();
        _options.Validate();
        _clock = clock;
        _logger = loggers?.CreateLogger("MemOS.Vaults.Sqlite") ?? NullLogger.Instance;
        _createPayload = createPayload;
    }

    /// <inheritdoc/>
    /// <remarks>Opening reads the file, so it runs on a thread of the pool.</remarks>
    public Task<IVaultStore> OpenAsync(VaultId id, bool create, CancellationToken cancellationToken = default)
    {
        ThrowIfDefault(id);
        return Task.Run<IVaultStore>(() => Open(id, create), cancellationToken);
    }

    /// <inheritdoc/>
    public bool Exists(VaultId id) => !id.IsDefault && FolderOf(id).Exists;

    /// <inheritdoc/>
    public IReadOnlyList<VaultId> List() => [.. ListAfter(null)];

    /// <inheritdoc/>
    public IEnumerable<VaultId> ListAfter(string? name)
    {
        if (!Directory.Exists(_vaults))
        {
            return [];
        }

        var found = new List<VaultId>();
        foreach (string path in Directory.EnumerateDirectories(_vaults))
        {
            if (TryReadId(path, out VaultId id) && (name is null || string.CompareOrdinal(id.Value, name) > 0))
            {
                found.Add(id);
            }
        }

        // Names are read all, since their order is not that of the folders; whether a folder holds a vault is only looked at for those that are asked for.
        found.Sort((left, right) => string.CompareOrdinal(left.Value, right.Value));
        return found.Where(id => VaultFolder.IsVault(PathOf(id)));
    }

    /// <inheritdoc/>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VaultInUse"/>, <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public bool Delete(VaultId id) => Delete(id, static _ => true);

    /// <summary>Deletes a vault to which nothing was ever written. Whoever has it open, or wrote to it, keeps it.</summary>
    /// <returns>Whether it was deleted.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.StorageFailed"/>, <see cref="ErrorCodes.Corrupted"/>.</exception>
    public bool DeleteEmpty(VaultId id)
    {
        try
        {
            return Delete(id, IsEmpty);
        }
        catch (MemOSException error) when (error.Code == ErrorCodes.VaultInUse)
        {
            return false;
        }
    }

    private bool Delete(VaultId id, Func<VaultFolder, bool> isMeant)
    {
        ThrowIfDefault(id);
        VaultFolder folder = FolderOf(id);
        if (!folder.Exists && folder.Remnant is null)
        {
            return false;
        }

        try
        {
            // Renamed first, so that a crash leaves no half of a vault.
            string gone = Path.Combine(_deleted, Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"));
            Directory.CreateDirectory(_deleted);
            using (VaultLock.Take(folder.LockFile, id))
            {
                if (!isMeant(folder))
                {
                    return false;
                }

                Directory.Move(folder.Path, gone);
            }

            Erase(gone);
            return true;
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, folder.Path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, folder.Path);
        }
    }

    private bool IsEmpty(VaultFolder folder)
    {
        if (!folder.Exists)
        {
            return false; // nobody knows what was in it
        }

        using Database database = Database.OpenReader(folder.DatabaseFile, _options);
        return database.RunInt64("SELECT EXISTS(SELECT 1 FROM message) OR EXISTS(SELECT 1 FROM version) OR EXISTS(SELECT 1 FROM audit) OR EXISTS(SELECT 1 FROM branch)") == 0;
    }

    private static void ThrowIfDefault(VaultId id)
    {
        if (id.IsDefault)
        {
            throw new ArgumentException("The default value names no vault.", nameof(id));
        }
    }

    private static bool TryReadId(string path, out VaultId id)
    {
        string name = Path.GetFileName(path);
        if (!VaultFolderName.IsCut(name))
        {
            return VaultFolderName.TryDecode(name, out id);
        }

        id = default;
        VaultFolder folder = new(path);
        return File.Exists(folder.NameFile) && VaultId.TryParse(File.ReadAllText(folder.NameFile), out id) && VaultFolderName.Encode(id) == name;
    }

    private string PathOf(VaultId id) => Path.Combine(_vaults, VaultFolderName.Encode(id));

    private VaultFolder FolderOf(VaultId id) => new(PathOf(id));

    private SqliteVaultStore Open(VaultId id, bool create)
    {
        VaultFolder folder = FolderOf(id);
        if (!create && !folder.Exists && folder.Remnant is null)
        {
            throw NotFound(id);
        }

        try
        {
            CompleteDeletions();
            Directory.CreateDirectory(folder.Path);
            VaultLock held = VaultLock.Take(folder.LockFile, id);
            try
            {
                return Open(id, folder, held, create);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, folder.Path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, folder.Path);
        }
    }

    private SqliteVaultStore Open(VaultId id, VaultFolder folder, VaultLock held, bool create)
    {
        bool isSealed = false;
        bool isNew = !folder.Exists;
        if (!isNew)
        {
            isSealed = VaultSeal.Check(folder);
        }
        else if (folder.Remnant is { } remnant)
        {
            throw SqliteErrors.Corrupted(folder.DatabaseFile, $"it is missing, though '{remnant}' is there");
        }
        else if (!create)
        {
            throw NotFound(id);
        }
        else
        {
            if (VaultFolderName.IsCut(Path.GetFileName(folder.Path)))
            {
                File.WriteAllText(folder.NameFile, id.Value, Encoding.UTF8);
            }

            VaultOpening.Create(id, folder, _clock);
        }

        var payloads = new PayloadFiles(folder, _clock, _createPayload);
        return new SqliteVaultStore(id, folder, held, isSealed, isNew, payloads, _options, _clock, _logger);
    }

    private static MemOSException NotFound(VaultId id) => new(ErrorCodes.VaultNotFound, $"There is no vault '{id}'. Create it first.");

    // What a process that died while it deleted a vault left behind.
    private void CompleteDeletions()
    {
        if (Directory.Exists(_deleted))
        {
            foreach (string path in Directory.EnumerateDirectories(_deleted))
            {
                Erase(path);
            }
        }
    }

    // The one who deletes a vault and one who completes what a dead process left may be at it together.
    private static void Erase(string path)
    {
        while (Directory.Exists(path))
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // The other one was quicker with a file in it.
            }
        }
    }
}
