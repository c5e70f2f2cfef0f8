using System.Collections.Immutable;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>Those who hold states of a vault outside of it. They are told of a change after its commit and are awaited before it is acknowledged; without any, nothing is looked at. Safe from any thread.</summary>
internal sealed class StateHolders(VaultId vault)
{
    private ImmutableArray<Func<VaultId, StatesChange, Task>> _holders = [];

    public void Add(Func<VaultId, StatesChange, Task> holder) => ImmutableInterlocked.Update(ref _holders, (holders, added) => holders.Contains(added) ? holders : holders.Add(added), holder);

    /// <summary>Tells of what was written.</summary>
    public Task TellAsync(VaultChange change) => _holders.IsEmpty ? Task.CompletedTask
        : change.ForgottenCubes.Count > 0 ? TellAsync(StatesChange.Erased)
        : change.Cubes.Exists(write => write.Cube.Version > 1) ? TellAsync(StatesChange.Changed)
        : Task.CompletedTask;

    public Task TellAsync(StatesChange change) => Task.WhenAll(_holders.Select(holder => holder(vault, change)));
}
