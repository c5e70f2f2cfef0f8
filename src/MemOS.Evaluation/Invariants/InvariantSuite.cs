using System.Collections.Immutable;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>
/// The five invariants that regulated users ask of a memory, checked on a real vault without a model: deterministic, so that everybody sees the same.
/// </summary>
/// <param name="folder">Where the vaults are kept, a folder each.</param>
/// <param name="engine">Makes the engine over a folder.</param>
public sealed class InvariantSuite(string folder, Func<string, TimeProvider, IVaultEngine> engine)
{
    private static readonly ImmutableArray<IInvariant> All = [new StaleSuppression(), new PointInTimeRecall(), new ProvableErasure(), new NoLookAhead(), new AuditOfState()];

    /// <summary>Checks all of them.</summary>
    /// <exception cref="MemOSException">What vaults report.</exception>
    public async Task<InvariantReport> RunAsync(CancellationToken cancellationToken = default)
    {
        ImmutableArray<InvariantResult>.Builder results = ImmutableArray.CreateBuilder<InvariantResult>();
        foreach (IInvariant invariant in All)
        {
            string name = invariant.Name.Replace(' ', '-');
            InvariantStage stage = new(Path.Combine(folder, name), new VaultId(name), engine, new SteppedClock());
            await using (stage.ConfigureAwait(false))
            {
                await stage.OpenAsync(cancellationToken).ConfigureAwait(false);
                await invariant.CheckAsync(stage, cancellationToken).ConfigureAwait(false);
                results.Add(new InvariantResult(invariant.Name, invariant.Claim, stage.Observations));
            }
        }

        return new InvariantReport(results.ToImmutable());
    }
}
