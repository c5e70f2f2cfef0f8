using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.Scheduler.Transitions;

/// <summary>Decides which texts become KV states and which states are given up. A function of its arguments alone: the same trace gives the same decisions.</summary>
/// <remarks>Decisions are in the order in which they are to be carried out: what is given up goes first, so that no budget is exceeded in between.</remarks>
public static class TransitionRules
{
    /// <summary>Decides.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="candidates">All states of the vault, and texts that were used; in any order.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<TransitionDecision> Decide(TransitionPolicy policy, IEnumerable<TransitionCandidate> candidates, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(candidates);
        CandidateValue order = new(policy);
        TransitionCandidate[] all = [.. candidates.Order(order)]; // least value first
        List<TransitionDecision> demoted = [], promoted = [];
        List<TransitionCandidate> kept = [];
        foreach (TransitionCandidate held in all.Where(candidate => candidate.State is not null))
        {
            if (WhyCold(policy, held, now) is { } reason)
            {
                demoted.Add(Demotion(held, reason));
            }
            else
            {
                kept.Add(held);
            }
        }

        long used = kept.Sum(Bytes);
        while (used > policy.DiskBytes)
        {
            used -= GiveUp(kept[0], $"over the budget of {policy.DiskBytes} bytes on disk by {used - policy.DiskBytes}");
        }

        foreach (TransitionCandidate hot in all.Reverse().Where(candidate => IsHot(policy, candidate, now)))
        {
            // Only what is worth less, and has had its time, makes room; and only if that is enough.
            TransitionCandidate[] outbid = [.. kept.Where(held => held.State is not { IsTrained: true } && order.Compare(held, hot) < 0 && now - MadeAt(held) >= policy.StayFor)];
            if (used + hot.Bytes - outbid.Sum(Bytes) > policy.DiskBytes)
            {
                continue;
            }

            foreach (TransitionCandidate held in outbid.TakeWhile(_ => used + hot.Bytes > policy.DiskBytes))
            {
                used -= GiveUp(held, $"makes room for {hot.Cube}, which is worth more");
            }

            used += hot.Bytes;
            promoted.Add(new TransitionDecision(TransitionKind.Promote, hot.Cube, null, string.Create(
                CultureInfo.InvariantCulture, $"heat {hot.Heat:0.##} of {policy.PromoteHeat:0.##}, unchanged since {hot.StableSince:u}, {hot.Tokens} tokens")));
        }

        return [.. demoted, .. promoted];

        long GiveUp(TransitionCandidate held, string reason)
        {
            kept.Remove(held);
            demoted.Add(Demotion(held, reason));
            return Bytes(held);
        }
    }

    private static string? WhyCold(TransitionPolicy policy, TransitionCandidate held, DateTimeOffset now) =>
        held.State is { IsTrained: true, IsOfAnotherModel: true } ? null // minutes of training, which that model finds again
        : held.State is not { IsMountable: true } ? "its text or model is no longer the same"
        : held.State.IsTrained || now - MadeAt(held) < policy.StayFor ? null
        : held.Heat < policy.DemoteHeat ? string.Create(CultureInfo.InvariantCulture, $"heat {held.Heat:0.###} is below {policy.DemoteHeat:0.###}")
        : now - (held.LastUsed ?? MadeAt(held)) > policy.UnusedFor ? string.Create(CultureInfo.InvariantCulture, $"not used since {held.LastUsed ?? MadeAt(held):u}")
        : null;

    private static bool IsHot(TransitionPolicy policy, TransitionCandidate candidate, DateTimeOffset now) =>
        candidate.State is null && candidate.Heat >= policy.PromoteHeat && now - candidate.StableSince >= policy.StableFor &&
        now - (candidate.LastUsed ?? now) <= policy.UnusedFor && candidate.Tokens >= policy.LeastTokens && candidate.Tokens <= policy.MostTokens && candidate.Bytes <= policy.DiskBytes;

    private static TransitionDecision Demotion(TransitionCandidate held, string reason) => new(TransitionKind.Demote, held.Cube, held.State?.Id, reason);

    private static long Bytes(TransitionCandidate held) => held.State?.Bytes ?? 0;

    private static DateTimeOffset MadeAt(TransitionCandidate held) => held.State?.MadeAt ?? DateTimeOffset.MinValue;
}
