using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Transformations;

namespace MemOS.Vaults;

/// <summary>Runs plans against the store, and again when a text has to be embedded first.</summary>
internal sealed class VaultWriter(IVaultStore store, DocumentAnalyzer analyzer, StateHolders holders)
{
    /// <summary>Carries out one operation for a caller (the owner when null).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="plan">Plans the operation; may run more than once.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    public Task<T> WriteAsync<T>(Caller? caller, Func<WritePlan, T> plan, CancellationToken cancellationToken) =>
        WriteAsync(caller, NewTexts(), (write, _) => plan(write), cancellationToken);

    /// <summary>Texts to analyse before a plan that will write them.</summary>
    public AnalyzedTexts NewTexts() => new(analyzer);

    /// <summary>The same, with texts that were analysed before the plan and with access to the change, whose cubes carry their sequence once it is committed.</summary>
    public async Task<T> WriteAsync<T>(Caller? caller, AnalyzedTexts texts, Func<WritePlan, VaultChange, T> plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            VaultChange? written = null;
            try
            {
                return await store.WriteAsync(
                    (reader, change) =>
                    {
                        T planned = plan(new WritePlan(reader, change, caller ?? Caller.Owner, texts), change);
                        texts.RequireAll();
                        written = change;
                        return planned;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (TextNotAnalyzedException e)
            {
                await texts.AnalyzeAsync(e.Cubes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (written is not null)
                {
                    await holders.TellAsync(written).ConfigureAwait(false); // also where it failed: it may have been committed all the same
                }
            }
        }
    }

    /// <summary>Carries out an operation that makes or changes one cube, and returns it as it was committed.</summary>
    public async Task<MemCube> WriteCubeAsync(Caller? caller, Func<WritePlan, MemCube> plan, CancellationToken cancellationToken)
    {
        (MemCube planned, VaultChange change) = await WriteAsync(caller, NewTexts(), (write, change) => (plan(write), change), cancellationToken).ConfigureAwait(false);
        return Committed(change, planned);
    }

    /// <summary>A planned cube as it was committed.</summary>
    public static MemCube Committed(VaultChange change, MemCube planned) =>
        change.Cubes.FindLast(write => write.Cube.Id == planned.Id && write.Cube.Branch == planned.Branch)?.Cube ?? planned;
}
