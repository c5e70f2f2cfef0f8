using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>The state at any time can be told, with who brought it about.</summary>
internal sealed class AuditOfState : IInvariant
{
    private static readonly Caller Kim = new("kim", [], Sensitivity.Secret, IsOwner: true);

    public string Name => "audit of state";

    public string Claim => "for any time the log tells which version of every memory held, who made it and when, and nothing in the log changes afterwards";

    public async Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken)
    {
        MemoryVault vault = stage.Vault;
        List<(DateTimeOffset At, Dictionary<CubeId, int> Versions, ImmutableArray<AuditEntry> Log)> states = [];
        DateTimeOffset begin = stage.Clock.GetUtcNow();
        MemCube gate = await stage.NoteAsync("The gate code is 4411.", null, cancellationToken).ConfigureAwait(false);
        Remember();
        MemCube boat = await stage.NoteAsync("The boat lies in Moss.", null, cancellationToken).ConfigureAwait(false);
        Remember();
        MemCube updated = await vault.UpdateAsync(gate.Id, new CubeUpdate { Text = "The gate code is 9022." }, Kim, cancellationToken: cancellationToken).ConfigureAwait(false);
        Remember();
        await vault.TransitionAsync(boat.Id, CubeState.Frozen, caller: Kim, cancellationToken: cancellationToken).ConfigureAwait(false);
        Remember();
        await vault.RollbackAsync(gate.Id, 1, caller: Kim, cancellationToken: cancellationToken).ConfigureAwait(false);
        Remember();
        MemCube secret = await stage.NoteAsync("To be forgotten.", null, cancellationToken).ConfigureAwait(false);
        await vault.ForgetAsync(new ForgetScope { Cubes = [secret.Id] }, Kim, cancellationToken).ConfigureAwait(false);
        await stage.OpenAsync(cancellationToken).ConfigureAwait(false);
        vault = stage.Vault;

        foreach ((int step, (DateTimeOffset at, Dictionary<CubeId, int> versions, ImmutableArray<AuditEntry> log)) in states.Index())
        {
            string when = FormattableString.Invariant($"at step {step + 1}");
            ImmutableArray<AuditEntry> until = Log(vault, at);
            stage.See($"{when} the log up to then is what it was then", until.SequenceEqual(log));
            stage.See($"{when} the versions as of then are those that held then", versions.All(pair => vault.FindAsOf(pair.Key, at)?.Version == pair.Value));
            stage.See($"{when} replaying the log gives the same versions", versions.All(pair => until.Where(entry => entry.Cube == pair.Key).Max(entry => entry.Version) == pair.Value));
        }

        ImmutableArray<AuditEntry> whole = Log(vault, stage.Clock.GetUtcNow());
        AuditEntry? update = whole.FirstOrDefault(entry => entry.Operation == AuditOperations.Update && entry.Cube == gate.Id);
        stage.See("a change is logged with who, what, which version and when",
            update is { Caller: "kim", Version: 2 } && update.At == updated.TxFrom && update.At > begin);
        stage.See("every version of every memory has an entry", new[] { gate.Id, boat.Id }.All(id => vault.History(id).All(version => whole.Any(entry => entry.Cube == id && entry.Version == version.Version))));
        stage.See("versions follow one another without gap or overlap", new[] { gate.Id, boat.Id }.All(id => IsTiled(vault.History(id))));
        stage.See("entries are numbered without gaps, so none is missing", whole.Select(entry => entry.Sequence).Order().SequenceEqual(Enumerable.Range(1, whole.Length).Select(number => (long)number)));
        stage.See("a forget is logged with who did it", whole.Any(entry => entry is { Operation: AuditOperations.Forget, Caller: "kim" } && entry.Cube == secret.Id));

        void Remember()
        {
            DateTimeOffset at = stage.Clock.GetUtcNow();
            states.Add((at, vault.Read(reader => reader.ReadCurrent().ToDictionary(cube => cube.Id, cube => cube.Version)), Log(vault, at)));
            stage.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    private static ImmutableArray<AuditEntry> Log(MemoryVault vault, DateTimeOffset until) =>
        [.. vault.Audit(new AuditQuery { Time = new TimeInterval(null, until), Limit = 10_000 })];

    private static bool IsTiled(IReadOnlyList<MemCube> history) =>
        history.Zip(history.Skip(1)).All(pair => pair.First.TxTo == pair.Second.TxFrom && pair.First.Version + 1 == pair.Second.Version) && history[^1].TxTo is null;
}
