using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>A life of changes, one a day: said, replaced, edited, put away, fused, rolled back.</summary>
internal static class ChangingVault
{
    /// <summary>Makes the changes.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="after">Called after each.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task LiveAsync(InvariantStage stage, Func<Task> after, CancellationToken cancellationToken)
    {
        MemCube code = await stage.NoteAsync("The gate code is 4411.", null, cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.SayAsync("I live in Bergen. The boat is moored at the north pier.", "m1", cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.SayAsync("For the summer we plan a trip with the boat.", "m2", cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.Vault.UpdateAsync(code.Id, new CubeUpdate { Text = "The gate code is 9022." }, cancellationToken: cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.SayAsync("I live in Oslo now, and the boat lies in Moss.", "m3", cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.SayAsync("For the summer we plan a trip with the boat.", "m4", cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        MemCube spare = await stage.NoteAsync("The spare key of the boat hangs in the shed.", null, cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        MemCube fused = await stage.Vault.FuseAsync([code.Id, spare.Id], cancellationToken: cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.Vault.UnfuseAsync(fused.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.Vault.RollbackAsync(code.Id, 1, cancellationToken: cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.Vault.TransitionAsync(spare.Id, CubeState.Archived, cancellationToken: cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stage.SayAsync("We sold the boat to Zanzibar, gate, code and summer plan included.", "m5", cancellationToken).ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);

        async Task NextAsync()
        {
            await stage.Vault.SettleAsync(cancellationToken).ConfigureAwait(false);
            await after().ConfigureAwait(false);
            stage.Clock.Advance(TimeSpan.FromDays(1));
        }
    }
}
