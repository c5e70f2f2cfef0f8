using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Operator.Recall;
using MemOS.Scheduler;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Activation;

/// <summary>The part of the scheduler that places memories (paper, MemScheduler): which text becomes a KV state, which state is given up, which is loaded ahead. Safe from any thread.</summary>
public sealed class ActivationScheduler
{
    // Bytes of a state beside keys and values: its header, and what the library writes for each token and layer. Rounded up.
    private const int HeaderBytes = 8192;
    private const int BytesPerToken = 16;
    private const int BytesPerLayer = 64;

    private const int HitsAhead = 20;
    private const double SharedEvidence = 0.45; // of question and cube, see RecallHit.Relevance

    private readonly ActivationMemory _memory;
    private readonly LocalModel _model;
    private readonly LoadedStates _loaded;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    internal ActivationScheduler(ActivationMemory memory, LocalModel model, LoadedStates loaded, TimeProvider clock, ILogger logger) =>
        (_memory, _model, _loaded, _clock, _logger) = (memory, model, loaded, clock, logger);

    /// <summary>Whether loading ahead paid.</summary>
    public LoadStatistics Loading => _loaded.Statistics;

    /// <summary>Bytes of the states that were loaded ahead and are still there.</summary>
    public long LoadedBytes => _loaded.Bytes;

    /// <summary>Whether loading ahead paid in one vault, the states of it that are loaded now, and their bytes, which never exceed its policy's <see cref="TransitionPolicy.MemoryBytes"/>.</summary>
    public (LoadStatistics Statistics, ImmutableArray<CubeId> States, long Bytes) LoadingOf(VaultId vault) => _loaded.Of(vault);

    /// <summary>
    /// Carries the policy of a vault out: gives up states that are cold, outbid, or no longer say what their text says, then makes states of hot and stable texts.
    /// </summary>
    /// <param name="vault">The vault.</param>
    /// <param name="topic">What is talked about, for a policy that goes by similarity; null for nothing.</param>
    /// <param name="cancellationToken">Ends the work between two decisions.</param>
    /// <returns>What was decided and done, in order. Each stands in the audit log with its reason.</returns>
    public async Task<ImmutableArray<TransitionDecision>> RunAsync(MemoryVault vault, string? topic = null, CancellationToken cancellationToken = default)
    {
        return await RunAsync(vault, await TraceAsync(vault, topic, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes down what the decisions about a vault rest on now, without deciding.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="topic">What is talked about, for a policy that goes by similarity; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TransitionTrace> TraceAsync(MemoryVault vault, string? topic = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        TransitionPolicy policy = _memory.Policies.InForce(vault);
        _loaded.Watch(vault);
        await vault.SettleAsync(cancellationToken).ConfigureAwait(false); // uses of the last moments count
        StateBinding binding = await _memory.BindingAsync(cancellationToken).ConfigureAwait(false);
        return new TransitionTrace(vault.Id.Value, _clock.GetUtcNow(), policy, [.. await CandidatesAsync(vault, binding, policy.PromoteHeat, topic, cancellationToken).ConfigureAwait(false)]);
    }

    /// <summary>Decides about a vault from what was just taken down, and carries the decisions out.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="trace">What <see cref="TraceAsync"/> gave of it. Of what has changed since, nothing is made a state of.</param>
    /// <param name="cancellationToken">Ends the work between two decisions.</param>
    /// <returns>What was decided and done, in order.</returns>
    public async Task<ImmutableArray<TransitionDecision>> RunAsync(MemoryVault vault, TransitionTrace trace, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(trace);
        ImmutableArray<TransitionDecision> decisions = trace.Decide();
        (CubeId, string)[] demoted = [.. decisions.Where(decision => decision.State is not null).Select(decision => (decision.State ?? default, decision.Reason))];
        await vault.States.DropAsync(demoted, cancellationToken).ConfigureAwait(false);
        ImmutableArray<TransitionDecision>.Builder done = ImmutableArray.CreateBuilder<TransitionDecision>();
        foreach (TransitionDecision decision in decisions)
        {
            if (decision.Kind is TransitionKind.Demote || await PromoteAsync(vault, decision, cancellationToken).ConfigureAwait(false))
            {
                ActivationLog.Decided(_logger, vault.Id.Value, decision.Kind, decision.Cube, decision.Reason);
                done.Add(decision);
            }
        }

        return done.DrainToImmutable();
    }

    /// <summary>
    /// Loads states ahead within the policy's budget of memory: those that a topic leads to, or, where a conversation begins, those worth most. A state that a context about
    /// the topic would set behind another is left out, since such a one is read from its file.
    /// </summary>
    /// <param name="vault">The vault.</param>
    /// <param name="topic">What will be talked about, as far as it can be told; null for the beginning.</param>
    /// <param name="caller">For whom; the owner by default.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many of them are in the model's memory now.</returns>
    public async Task<int> LoadAheadAsync(MemoryVault vault, string? topic = null, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        TransitionPolicy policy = _memory.Policies.InForce(vault);
        StateBinding binding = await _memory.BindingAsync(cancellationToken).ConfigureAwait(false);
        await _loaded.LeaveInvalidAsync(vault.Id).ConfigureAwait(false); // those whose time is over
        ModelDescription model = await _model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        ImmutableArray<RecallHit> near = topic is null ? [] : await FindAsync(vault, topic, caller, cancellationToken).ConfigureAwait(false);
        MountCheck[] wanted = topic is null
            ? [.. vault.States.List().Select(state => vault.States.Check(state.Id, binding, caller)).Where(check => check.IsMountable)]
            : [.. vault.States.Covering([.. near.Select(hit => hit.Cube.Id)], binding, caller)];
        Dictionary<CubeId, TransitionCandidate> worth = Worth(vault, binding, wanted, near);
        HashSet<CubeId> behind = await BehindAsync(policy, near, wanted, cancellationToken).ConfigureAwait(false);
        long budget = policy.MemoryBytes;
        int loaded = 0;
        foreach (MountCheck check in wanted.OrderByDescending(check => check.State is { } state ? worth.GetValueOrDefault(state.Id) : null, policy.ValueOrder))
        {
            // What came first in this call is worth more, and does not make room for what comes later.
            if (loaded < LoadedStates.Most(model) && check is { IsMountable: true, State: { Payload: StoredPayload stored, Id: var id } } && worth.ContainsKey(id) && !behind.Contains(id) &&
                budget - (check.Format.Tokens * model.CacheBytesPerToken) is >= 0 and long left &&
                await _loaded.LoadAsync(vault, check, stored.Hash, policy, worth, cancellationToken).ConfigureAwait(false))
            {
                (budget, loaded) = (left, loaded + 1);
            }
        }

        return loaded;
    }

    // What is planned for the topic as for an answer: only the first of its states can be shared where it stands.
    private async Task<HashSet<CubeId>> BehindAsync(TransitionPolicy policy, ImmutableArray<RecallHit> near, MountCheck[] wanted, CancellationToken cancellationToken)
    {
        MemCube[] texts = policy.MostStates < 2 ? [] : [.. near.Select(hit => hit.Cube).Where(cube => cube.Text is not null)];
        if (texts.Length < 2)
        {
            return [];
        }

        InjectionPlan plan = InjectionPlanner.Plan(policy, texts, await _memory.TokensAsync(texts, cancellationToken).ConfigureAwait(false), wanted);
        return [.. plan.Parts.Select(part => part.State).OfType<CubeId>().Distinct().Skip(1)];
    }

    // Of what is wanted and of what is loaded. What a topic leads to counts as used right now, the nearest last.
    private Dictionary<CubeId, TransitionCandidate> Worth(MemoryVault vault, StateBinding binding, MountCheck[] wanted, ImmutableArray<RecallHit> near)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        Dictionary<CubeId, (double Relevance, DateTimeOffset Used)> found = near.Select((hit, place) => (hit, place)).ToDictionary(one => one.hit.Cube.Id, one => (one.hit.Relevance, now.AddTicks(near.Length - one.place)));
        Dictionary<CubeId, TransitionCandidate> worth = vault.States.Candidates(binding, [.. wanted.Select(check => check.State?.Id).OfType<CubeId>(), .. _loaded.Of(vault.Id).States])
            .Where(candidate => candidate.State is not null).ToDictionary(candidate => candidate.State?.Id ?? default);
        foreach (MountCheck check in wanted)
        {
            (double Relevance, DateTimeOffset Used)[] nearest = [.. check.Sources.Where(source => found.ContainsKey(source.Id)).Select(source => found[source.Id])];
            if (nearest.Length > 0 && check.State is { } state && worth.TryGetValue(state.Id, out TransitionCandidate? known))
            {
                worth[state.Id] = known with { Similarity = nearest.Max(one => one.Relevance), LastUsed = nearest.Max(one => one.Used) };
            }
        }

        return worth;
    }

    private async Task<bool> PromoteAsync(MemoryVault vault, TransitionDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            await _memory.EncodeAsync(vault, [decision.Cube], Caller.Owner, decision.Reason, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is ModelException or MemOSException { Code: ErrorCodes.VersionConflict or ErrorCodes.CubeNotFound or ErrorCodes.InvalidInput or ErrorCodes.BudgetExceeded })
        {
            // It was changed meanwhile, another took its room, or the model cannot take it: text stays text.
            ActivationLog.NotMade(_logger, vault.Id.Value, decision.Cube, (exception as ModelException)?.Code ?? ((MemOSException)exception).Code, exception);
            return false;
        }
    }

    private async Task<List<TransitionCandidate>> CandidatesAsync(MemoryVault vault, StateBinding binding, double leastHeat, string? topic, CancellationToken cancellationToken)
    {
        IReadOnlyList<(TransitionCandidate Candidate, MemCube? Cube)> found = vault.States.Candidates(binding, leastHeat);
        ModelDescription model = await _model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        MemCube[] texts = [.. found.Where(one => one.Candidate.State is null).Select(one => one.Cube).OfType<MemCube>()];
        int[] tokens = await _memory.TokensAsync(texts, cancellationToken).ConfigureAwait(false);
        Dictionary<CubeId, int> counted = texts.Zip(tokens).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        int head = await _memory.HeadTokensAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<CubeId, double> near = topic is null ? [] : (await FindAsync(vault, topic, null, cancellationToken).ConfigureAwait(false)).ToDictionary(hit => hit.Cube.Id, hit => hit.Relevance);
        return
        [
            .. found.Select(one => one.Candidate with
            {
                Tokens = one.Candidate.State is null ? counted[one.Candidate.Cube] : one.Candidate.Tokens,
                Bytes = one.Candidate.State?.Bytes ?? StateBytesAtMost(model, head + counted[one.Candidate.Cube]),
                Similarity = near.GetValueOrDefault(one.Candidate.Cube),
            }),
        ];
    }

    internal static long StateBytesAtMost(ModelDescription model, int tokens) =>
        HeaderBytes + (BytesPerLayer * (long)model.Layers) + (tokens * (model.StateBytesPerToken + BytesPerToken));

    private static async Task<ImmutableArray<RecallHit>> FindAsync(MemoryVault vault, string topic, Caller? caller, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(topic) ? [] : (await vault.RecallAsync(new RecallQuery { Text = topic, Limit = HitsAhead, MinimumRelevance = SharedEvidence, Caller = caller ?? Caller.Owner, CountsUse = false }, cancellationToken).ConfigureAwait(false)).Hits;
}
