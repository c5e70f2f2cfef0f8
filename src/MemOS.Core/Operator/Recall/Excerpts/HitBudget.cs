using System.Collections.Immutable;

namespace MemOS.Operator.Recall.Excerpts;

/// <summary>Takes hits in order for as long as they fit a query's limit and token budget: first whole, then as excerpts where the query allows it.</summary>
/// <remarks>
/// The best ten hits are whole as long as they take no more than half of the budget. What is left of the budget when no hit is left makes excerpts whole again.
/// </remarks>
internal static class HitBudget
{
    private const int WholeHits = 10;

    /// <summary>Takes hits.</summary>
    /// <param name="hits">The hits, best first; no more are asked for than needed.</param>
    /// <param name="query">Limit, budget and length of excerpts.</param>
    /// <param name="words">The words of the question; null for no excerpts.</param>
    /// <returns>The hits taken and their tokens.</returns>
    public static (ImmutableArray<RecallHit> Hits, int Tokens) Take(IEnumerable<RecallHit> hits, RecallQuery query, QuestionWords? words)
    {
        List<RecallHit> taken = [];
        int budget = query.TokenBudget ?? int.MaxValue;
        int sum = 0;
        int whole = 0;
        foreach (RecallHit hit in hits.Take(query.Limit))
        {
            int size = Tokens(hit);
            bool staysWhole = taken.Count < WholeHits && whole + size <= budget / 2;
            RecallHit fitting = !staysWhole && words is not null && query is { TokenBudget: not null, ExcerptTokens: { } tokens } ? Cut(hit, words, tokens) : hit;
            if (sum + Tokens(fitting) > budget)
            {
                break;
            }

            whole += fitting.Excerpt is null ? size : 0;
            sum += Tokens(fitting);
            taken.Add(fitting);
        }

        for (int i = 0; i < taken.Count; i++)
        {
            RecallHit restored = taken[i] with { Excerpt = null };
            if (taken[i].Excerpt is not null && sum - Tokens(taken[i]) + Tokens(restored) <= budget)
            {
                sum += Tokens(restored) - Tokens(taken[i]);
                taken[i] = restored;
            }
        }

        return ([.. taken], sum);
    }

    private static RecallHit Cut(RecallHit hit, QuestionWords words, int tokens) =>
        hit.Cube.Text is { } text ? hit with { Excerpt = ExcerptCutter.Cut(text, words, tokens * 4) } : hit;

    private static int Tokens(RecallHit hit) => ((hit.Text?.Length ?? 0) + 3) / 4;
}
