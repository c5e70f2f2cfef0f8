namespace MemOS.Scheduler.Transitions;

/// <summary>Orders candidates by what they are worth under a policy, the least first; no two are equal.</summary>
internal sealed class CandidateValue(TransitionPolicy policy) : IComparer<TransitionCandidate?>
{
    public int Compare(TransitionCandidate? x, TransitionCandidate? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int order = policy.PriorityFirst ? x.Priority.CompareTo(y.Priority) : 0;
        order = order != 0 ? order : policy.Retention switch
        {
            RetentionOrder.Similarity => x.Similarity.CompareTo(y.Similarity),
            RetentionOrder.Labels => Rank(y).CompareTo(Rank(x)),
            _ => Nullable.Compare(x.LastUsed, y.LastUsed),
        };
        order = order != 0 ? order : x.Heat.CompareTo(y.Heat);
        order = order != 0 ? order : x.Cube.CompareTo(y.Cube);
        return order != 0 ? order : Nullable.Compare(x.State?.Id, y.State?.Id);
    }

    // The place of its first label; behind all of them where it has none.
    private int Rank(TransitionCandidate candidate)
    {
        for (int i = 0; i < policy.Labels.Count; i++)
        {
            if (candidate.Labels.Contains(policy.Labels[i]))
            {
                return i;
            }
        }

        return policy.Labels.Count;
    }
}
