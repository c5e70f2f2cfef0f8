using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Scheduler.Transitions;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>The KV states of a vault: activation cubes made from plaintext ones, mountable for as long as they say what those say. Safe from any thread.</summary>
public sealed class KVStates
{
    private readonly IVaultStore _store;
    private readonly VaultWriter _writer;
    private readonly StateHolders _holders;
    private readonly UsageCounter _usage;
    private readonly TimeProvider _clock;

    internal KVStates(IVaultStore store, VaultWriter writer, StateHolders holders, UsageCounter usage, TimeProvider clock) => (_store, _writer, _holders, _usage, _clock) = (store, writer, holders, usage, clock);

    /// <summary>What the vault says of its own about when text becomes a state and a state text again. <see cref="TransitionPolicies.InForce"/> gives the policy that comes of it.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/> where it is damaged.</exception>
    public OwnPolicy Policy => OwnPolicy.Kept(_store.Read(reader => reader.StatePolicy));

    /// <summary>Replaces what the vault says of its own about its states. It stays with the vault, and holds for what is decided, loaded and answered from then on.</summary>
    /// <param name="policy">The values that differ from the operator's; <see cref="OwnPolicy.None"/> to go back to those.</param>
    /// <param name="operators">The operator's policies, whose budgets are the most that a vault may give itself.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>The policy that is in force from then on.</returns>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.Forbidden"/> when the caller does not own the vault; <see cref="ErrorCodes.InvalidInput"/> where a value is out of its range, does not go together with the operator's,
    /// or is above the operator's budget. The former policy stays then.
    /// </exception>
    public async Task<TransitionPolicy> SetPolicyAsync(OwnPolicy policy, TransitionPolicies operators, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(operators);
        if (caller is { IsOwner: false })
        {
            throw new MemOSException(ErrorCodes.Forbidden, "Only the owner may set the policy of the vault.");
        }

        OwnPolicy own = policy.CheckedUnder(operators.Of(_store.Id));
        await _writer.WriteAsync(
            caller,
            plan =>
            {
                plan.Change.StatePolicy = own.IsEmpty ? "" : own.ToJson();
                plan.Audit(AuditOperations.Policy, detail: own.IsEmpty ? "of KV states: the operator's again" : $"of KV states: {own.Told()}");
                return 0;
            },
            cancellationToken).ConfigureAwait(false);
        return own.Over(operators.Of(_store.Id));
    }

    /// <summary>Lets somebody who holds states, or what was computed from the text of cubes, outside of the vault know when they have to go.</summary>
    /// <param name="holder">
    /// Told after each commit that changes or erases cubes, and when the vault closes; the write is acknowledged when its task is done. It must not fail and not write to
    /// the vault. One that is known already is not told twice.
    /// </param>
    public void AddHolder(Func<VaultId, StatesChange, Task> holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        _holders.Add(holder);
    }

    /// <summary>The cubes that a state is to be made from, as the caller may read them whole.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/>, or <see cref="ErrorCodes.InvalidInput"/> where one has no text, is retired or partly hidden.</exception>
    public IReadOnlyList<MemCube> Sources(IReadOnlyList<CubeId> cubes, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(cubes);
        return _store.Read(reader => (MemCube[])[.. cubes.Select(id =>
        {
            MemCube source = reader.Find(id) ?? throw WritePlan.NotFound(id);
            StateEncoding.RequireWhole(source, null, caller ?? Caller.Owner, _clock.GetUtcNow());
            return source;
        })]);
    }

    /// <summary>Stores a state as a cube.</summary>
    /// <param name="sources">The cubes whose text it holds, in order, as they were when it was made.</param>
    /// <param name="format">What its bytes are.</param>
    /// <param name="write">Writes the bytes to a new file, which is the engine's from then on.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="reason">Why the scheduler made it, for the audit log; null where somebody asked for it.</param>
    /// <param name="order">The order that ends with it; null where there was none.</param>
    /// <param name="mostBytes">What all states of the vault may take together, this one among them.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.VersionConflict"/> where a source was changed meanwhile; <see cref="ErrorCodes.CubeNotFound"/> where the order was taken back; <see cref="ErrorCodes.BudgetExceeded"/>.
    /// </exception>
    public async Task<MemCube> AddAsync(
        IReadOnlyList<MemCube> sources, KVStateFormat format, Func<string, CancellationToken, Task> write, Caller? caller = null, string? reason = null, TrainingOrder? order = null, long mostBytes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(format);
        (ContentHash hash, long length) = await _store.StagePayloadAsync(write, cancellationToken).ConfigureAwait(false);
        StoredPayload payload = new(PayloadKind.Activation, hash, length, format.ToString());
        CubeId id = order?.Cartridge ?? CubeId.New(_clock);
        return await _store.UseStagedAsync(hash, () => _writer.WriteCubeAsync(
            caller,
            plan =>
            {
                if (order is not null)
                {
                    TrainingOrders.End(plan, order, "trained");
                }

                StateEncoding.RequireRoom(plan.Reader, length, mostBytes);
                return StateEncoding.Plan(plan, sources, payload, format, id, reason);
            },
            cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Refuses a state before it is computed, where it would take the vault's states over their budget.</summary>
    /// <param name="bytes">What it takes at most.</param>
    /// <param name="mostBytes">What all states of the vault may take together.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.BudgetExceeded"/>.</exception>
    public void RequireRoom(long bytes, long mostBytes) => _store.Read(reader =>
    {
        StateEncoding.RequireRoom(reader, bytes, mostBytes);
        return true;
    });

    /// <summary>Whether a caller may mount a state now.</summary>
    /// <param name="state">The activation cube.</param>
    /// <param name="binding">What it has to be bound to.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    public MountCheck Check(CubeId state, StateBinding binding, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return _store.Read(reader => MountCheck.Of(reader, state, binding, caller ?? Caller.Owner, _clock.GetUtcNow()));
    }

    /// <summary>The states that a caller may mount and whose sources are all among some cubes, those with most tokens first.</summary>
    /// <param name="cubes">The cubes.</param>
    /// <param name="binding">What the states have to be bound to.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    public IReadOnlyList<MountCheck> Covering(IReadOnlyCollection<CubeId> cubes, StateBinding binding, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(cubes);
        ArgumentNullException.ThrowIfNull(binding);
        HashSet<CubeId> among = [.. cubes];
        DateTimeOffset now = _clock.GetUtcNow();
        return _store.Read(reader => (MountCheck[])
        [
            .. among.SelectMany(reader.FindDerived).Where(derived => derived.Derivation.Kind is DerivationKind.TransformedFrom).Select(derived => derived.Cube).Distinct()
                .Select(id => MountCheck.Of(reader, id, binding, caller ?? Caller.Owner, now))
                .Where(check => check.IsMountable && check.Sources.All(source => among.Contains(source.Id)))
                .OrderByDescending(check => check.Format?.Tokens).ThenBy(check => check.State?.Id),
        ]);
    }

    /// <summary>All states, mountable or not, in the order in which they were made.</summary>
    public IReadOnlyList<MemCube> List() => _store.Read(reader => (MemCube[])[.. reader.ReadStored(PayloadKind.Activation).Where(IsState)]);

    /// <summary>What the scheduler decides about: every state, and texts without one that are at least so hot. Tokens and bytes of texts are the model's to say.</summary>
    /// <param name="binding">What states have to be bound to.</param>
    /// <param name="leastHeat">Texts less hot are left out.</param>
    /// <returns>Each with its cube: the one with the text, or of a state the first that it was made from that is still there.</returns>
    public IReadOnlyList<(TransitionCandidate Candidate, MemCube? Cube)> Candidates(StateBinding binding, double leastHeat)
    {
        ArgumentNullException.ThrowIfNull(binding);
        DateTimeOffset now = _clock.GetUtcNow();
        return _store.Read(reader => StateCandidates.Read(reader, binding, leastHeat, now));
    }

    /// <summary>What states are worth is decided from: as <see cref="Candidates(StateBinding, double)"/>, of these states alone. Those that are gone are left out.</summary>
    /// <param name="binding">What states have to be bound to.</param>
    /// <param name="states">The states.</param>
    public IReadOnlyList<TransitionCandidate> Candidates(StateBinding binding, IEnumerable<CubeId> states)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(states);
        DateTimeOffset now = _clock.GetUtcNow();
        return _store.Read(reader => (TransitionCandidate[])[.. states.Distinct().Select(id => reader.Find(id)).OfType<MemCube>().Where(IsState).Select(state => StateCandidates.OfState(reader, state, binding, now).Candidate)]);
    }

    /// <summary>Whether cubes still read as they did, and the caller may read them whole: whether their text may take the place of a state.</summary>
    public bool AreWhole(IReadOnlyList<MemCube> cubes, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(cubes);
        DateTimeOffset now = _clock.GetUtcNow();
        return _store.Read(reader => cubes.All(cube =>
            reader.Find(cube.Id) is { } current && SourceReading.IsSame(cube, current) && MountCheck.ObstacleOf(current, caller ?? Caller.Owner, now) is MountObstacle.None));
    }

    /// <summary>Whether a cube, as a caller was shown it, may still be read to a model for that caller: what it says and who may read it was not changed since, it was not erased, and its time is not over.</summary>
    /// <param name="cube">As it was recalled; a version that was past by then only has to be in sight still.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    public bool Stands(MemCube cube, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(cube);
        DateTimeOffset now = _clock.GetUtcNow();
        return _store.Read(reader => reader.Find(cube.Id, cube.Branch) is { } current && CallerRights.MayRead(caller ?? Caller.Owner, current.Governance) &&
            (!cube.IsCurrent || (SourceReading.IsSame(cube, current) && !(current.Governance.Lifespan.ExpiresAt <= now))));
    }

    /// <summary>Opens the bytes of a state. The caller disposes the stream; where the engine keeps files it is a <see cref="FileStream"/>.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/> where there is no such state now.</exception>
    public Stream Open(CubeId state)
    {
        StoredPayload stored = _store.Read(reader => reader.Find(state) is { } cube && IsState(cube) ? cube.Payload as StoredPayload : null)
            ?? throw WritePlan.NotFound(state);
        return _store.OpenPayload(stored.Hash);
    }

    /// <summary>Counts that a state was mounted for a caller.</summary>
    public void CountUse(CubeId state, Caller? caller = null)
    {
        if (_store.Read(reader => reader.Find(state)) is { } cube)
        {
            _usage.Count(cube, caller ?? Caller.Owner);
        }
    }

    /// <summary>Erases states: their text stays where it is, in their sources.</summary>
    /// <param name="states">Each with the reason, which goes into the audit log. What is no state is left alone.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(IReadOnlyCollection<(CubeId State, string Reason)> states, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(states);
        return states.Count == 0 ? Task.FromResult(0) : _writer.WriteAsync(
            Caller.Owner,
            plan =>
            {
                int dropped = 0;
                foreach ((CubeId id, string reason) in states)
                {
                    if (plan.Reader.Find(id) is { } state && IsState(state))
                    {
                        plan.Change.ForgottenCubes.Add(id);
                        plan.Audit(AuditOperations.Demote, state, StateEncoding.Told(reason, state));
                        dropped++;
                    }
                }

                return dropped;
            },
            cancellationToken);
    }

    internal static bool IsState(MemCube cube) => cube.Payload is StoredPayload { Kind: PayloadKind.Activation } stored && KVStateFormat.TryParse(stored.Format) is not null;
}
