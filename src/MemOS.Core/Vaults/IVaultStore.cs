using MemOS.Cubes;
using Microsoft.Win32.SafeHandles;

namespace MemOS.Vaults;

/// <summary>What a storage engine promises for one open vault.</summary>
/// <remarks>
/// All members may be called concurrently. Guarantees: (1) a write that was acknowledged is on disk and survives the death of the process
/// and a loss of power; (2) a change is there in full or not at all; (3) plans run one after another, each seeing all earlier ones; (4) reads
/// never wait for writes; (5) a failed write leaves the vault as it was and usable.
/// </remarks>
public interface IVaultStore : IAsyncDisposable
{
    /// <summary>The vault.</summary>
    VaultId Id { get; }

    /// <summary>
    /// Called after each commit with its changes, in the order of sequence, one commit after another, before their writes are acknowledged. Set once, before
    /// the first write. Must be quick and must not throw. The list is the engine's; the changes in it may be kept.
    /// </summary>
    Action<IReadOnlyList<VaultChange>>? Committed { get; set; }

    /// <summary>Called before a commit waits for the disk, for work that fits into the wait. Set once, before the first write. Must return at once and must not throw.</summary>
    Action? Committing { get; set; }

    /// <summary>
    /// Plans and commits one change. A caller that finds the engine idle may carry the write out itself, together with those that come meanwhile, and so be
    /// blocked until it is on disk (some tenths of a millisecond on a fast one); it is not where it has a <see cref="SynchronizationContext"/>.
    /// </summary>
    /// <typeparam name="T">What the plan returns.</typeparam>
    /// <param name="plan">
    /// Reads the latest state, fills the change, returns the result. Runs on whichever thread writes; must be quick and free of side effects, since an engine
    /// may run it again. When it throws, nothing is written and the exception reaches the caller.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for the writer; once the plan has begun the write is carried out.</param>
    /// <returns>The plan's result, after the change is durable. An empty change is not committed.</returns>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.VersionConflict"/> when a version does not follow the current one; <see cref="ErrorCodes.DiskFull"/>,
    /// <see cref="ErrorCodes.StorageFailed"/>, <see cref="ErrorCodes.Corrupted"/>, <see cref="ErrorCodes.ForgettingIncomplete"/>.
    /// </exception>
    Task<T> WriteAsync<T>(Func<IVaultReader, VaultChange, T> plan, CancellationToken cancellationToken = default);

    /// <summary>Reads from a consistent view. Blocks the calling thread for as long as the delegate runs.</summary>
    T Read<T>(Func<IVaultReader, T> read);

    /// <summary>Writes payload bytes and makes them durable. Bytes that no version refers to are removed when the vault is next opened, unless they are discarded before.</summary>
    /// <returns>Their address and number.</returns>
    Task<(ContentHash Hash, long Length)> StagePayloadAsync(Stream content, CancellationToken cancellationToken = default);

    /// <summary>The same for bytes that are written to a file, such as a KV state of gigabytes, which are then not copied.</summary>
    /// <param name="write">Writes the file at the path that it is given, and closes it. Not called twice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<(ContentHash Hash, long Length)> StagePayloadAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Erases payload bytes that were staged for a write that failed, unless a version refers to them or they were staged for another write too. Once for each staging.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.StorageFailed"/>.</exception>
    Task DiscardPayloadAsync(ContentHash hash);

    /// <summary>Opens payload bytes for reading. The caller disposes the stream; it is a <see cref="FileStream"/> where the engine keeps them in files.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/> when the bytes are missing or do not have their hash.</exception>
    Stream OpenPayload(ContentHash hash);

    /// <summary>Rises with every forgetting, after its commit was announced and before it is acknowledged.</summary>
    long IndexGeneration { get; }

    /// <summary>Opens the recall index that was saved last, or null. Whoever reads it must find out for himself whether it is whole and of this vault as it is.</summary>
    SafeFileHandle? OpenIndex();

    /// <summary>Saves the recall index in place of the former one, all of it or nothing. Forgetting removes it.</summary>
    /// <param name="generation">What <see cref="IndexGeneration"/> was when the content was taken.</param>
    /// <param name="write">Writes the content to an empty stream that can seek.</param>
    /// <returns>False when something was forgotten since; nothing is kept then.</returns>
    bool SaveIndex(long generation, Action<Stream> write);

    /// <summary>
    /// Checks every row, index and payload against its checksum and every reference against its target, for an operator. Blocks the calling thread while it reads
    /// the whole vault; writes go on.
    /// </summary>
    /// <returns>What is wrong, in words without content; empty when the vault is sound.</returns>
    IReadOnlyList<string> Verify();
}
