using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>Decides when the index of an open vault is worth saving, and saves it: beside the writer now and then, and when the vault is closed.</summary>
/// <remarks>A snapshot that cannot be saved is no loss but of time at the next opening: it is logged, and the vault goes on.</remarks>
/// <param name="store">The vault.</param>
/// <param name="index">Its index.</param>
/// <param name="catchUp">Brings all that was committed to the index; false when the index cannot be trusted and must not be saved.</param>
/// <param name="clock">For the time between two snapshots.</param>
/// <param name="logger">For what fails.</param>
internal sealed partial class SnapshotSaving(IVaultStore store, RecallIndex index, Func<bool> catchUp, TimeProvider clock, ILogger logger)
{
    /// <summary>So few changes are made up for at the next opening in no time.</summary>
    private const int Few = 256;

    /// <summary>One change in so many documents is made up for as well.</summary>
    private const int Share = 8;

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private long _since = clock.GetTimestamp();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins to save in the background when it is worth it and long enough ago. For the writer, between two changes.</summary>
    public void SaveIfDue()
    {
        if (IsWorthIt && clock.GetElapsedTime(_since) >= s_interval)
        {
            BeginIfWorthIt();
        }
    }

    /// <summary>Ends what runs, and saves once more when it is worth it.</summary>
    public async Task CloseAsync()
    {
        await Volatile.Read(ref _running).ConfigureAwait(false);
        if (!catchUp() || !IsWorthIt) // what was committed last may still be on its way to the index
        {
            return;
        }

        try
        {
            // The writer takes the cut, since others may still be writing.
            await store.WriteAsync((_, _) =>
            {
                BeginIfWorthIt();
                return 0;
            }).ConfigureAwait(false);
        }
        catch (MemOSException error)
        {
            NotSaved(logger, store.Id.Value, error);
        }

        await Volatile.Read(ref _running).ConfigureAwait(false);
    }

    private bool IsWorthIt => index.Unsaved is var unsaved && unsaved >= Few && (long)unsaved * Share >= index.Count;

    private void BeginIfWorthIt()
    {
        // The writer waits here, so nothing more is committed until the cut is taken, and nothing that was forgotten is in it.
        if (!IsWorthIt || !_running.IsCompleted || !catchUp())
        {
            return;
        }

        _since = clock.GetTimestamp();
        long generation = store.IndexGeneration;
        IndexCut cut = index.Cut();
        Volatile.Write(ref _running, Task.Run(() => Save(cut, generation)));
    }

    private void Save(IndexCut cut, long generation)
    {
        try
        {
            // Without a stamp the last version was forgotten meanwhile, and the cut is of no use.
            if (cut.Count > 0 && store.Read(reader => reader.HistoryStamp(cut.LastSequence())) is { } history)
            {
                store.SaveIndex(generation, stream => index.Write(cut, history, stream));
            }
        }
        catch (Exception error) when (error is MemOSException or IOException or UnauthorizedAccessException)
        {
            NotSaved(logger, store.Id.Value, error);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "The snapshot of the index of vault {Vault} was not saved; its next opening takes longer.")]
    private static partial void NotSaved(ILogger logger, string vault, Exception error);
}
