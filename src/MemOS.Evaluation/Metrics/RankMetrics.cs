namespace MemOS.Evaluation.Metrics;

/// <summary>Measures of a ranking against a set of gold ids. Each returned item stands for the ids it came from; an item with several counts for all of them.</summary>
/// <remarks>All values lie between 0 and 1. The gold set must not be empty.</remarks>
public static class RankMetrics
{
    /// <summary>R@k: the share of the gold ids among the ids of the first k items.</summary>
    public static double Recall(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold, int k)
    {
        RequireGold(gold);
        return (double)Found(items, gold, k).Count / gold.Count;
    }

    /// <summary>recall_all@k: 1 when all gold ids are among the ids of the first k items, else 0.</summary>
    public static double RecallAll(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold, int k)
    {
        RequireGold(gold);
        return Found(items, gold, k).Count == gold.Count ? 1 : 0;
    }

    /// <summary>hit@k, also called recall_any@k: 1 when at least one gold id is among the ids of the first k items, else 0.</summary>
    public static double Hit(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold, int k) =>
        FirstRank(items, gold) is > 0 and int rank && rank <= k ? 1 : 0;

    /// <summary>The place of the first item with a gold id, from 1; 0 when there is none.</summary>
    public static int FirstRank(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold)
    {
        ArgumentNullException.ThrowIfNull(items);
        RequireGold(gold);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Any(gold.Contains))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>1 / <see cref="FirstRank"/>, or 0: its mean over questions is the MRR.</summary>
    public static double ReciprocalRank(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold) =>
        FirstRank(items, gold) is > 0 and int rank ? 1.0 / rank : 0;

    /// <summary>
    /// NDCG@k with binary gain: an item gains 1 when it brings a gold id that no item before it brought, discounted by log2(1 + place); divided by the
    /// gain of the ideal ranking, which has the gold ids one by one at the top.
    /// </summary>
    public static double Ndcg(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold, int k)
    {
        ArgumentNullException.ThrowIfNull(items);
        RequireGold(gold);
        HashSet<string> seen = [];
        double gain = 0;
        for (int i = 0; i < Math.Min(k, items.Count); i++)
        {
            int before = seen.Count;
            seen.UnionWith(items[i].Where(gold.Contains));
            gain += seen.Count > before ? Discount(i) : 0;
        }

        double ideal = 0;
        for (int i = 0; i < Math.Min(k, gold.Count); i++)
        {
            ideal += Discount(i);
        }

        return gain / ideal;
    }

    /// <summary>The groups (for example sessions) of the items' ids as a ranking of their own: each once, in the order in which they first appear.</summary>
    public static IReadOnlyList<IReadOnlyCollection<string>> Group(IReadOnlyList<IReadOnlyCollection<string>> items, Func<string, string> groupOf)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.SelectMany(item => item).Select(groupOf).Distinct().Select(group => (IReadOnlyCollection<string>)[group])];
    }

    private static HashSet<string> Found(IReadOnlyList<IReadOnlyCollection<string>> items, IReadOnlySet<string> gold, int k)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Take(k).SelectMany(item => item).Where(gold.Contains)];
    }

    private static double Discount(int index) => 1 / Math.Log2(index + 2);

    private static void RequireGold(IReadOnlySet<string> gold)
    {
        ArgumentNullException.ThrowIfNull(gold);
        if (gold.Count == 0)
        {
            throw new ArgumentException("A question without gold evidence cannot be scored.", nameof(gold));
        }
    }
}
