using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>Sees to it that bytes staged for a write that fails are not left behind: the text that they were computed from may be forgotten by then.</summary>
internal static class StagedPayloads
{
    /// <summary>Carries out a write that refers to staged bytes, and erases them where it fails.</summary>
    public static async Task<T> UseStagedAsync<T>(this IVaultStore store, ContentHash staged, Func<Task<T>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch
        {
            await DiscardAsync(store, staged).ConfigureAwait(false);
            throw;
        }
    }

    // What cannot be erased now is at the next opening; why the write failed is to be told.
    private static async Task DiscardAsync(IVaultStore store, ContentHash staged)
    {
        try
        {
            await store.DiscardPayloadAsync(staged).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MemOSException or ObjectDisposedException)
        {
        }
    }
}
