namespace MemOS.Operator.Recall.Ranking;

/// <summary>
/// Puts documents in order so that sessions take turns: each one loses a penalty for every better one of its session. For questions that ask for several things.
/// </summary>
internal static class SessionTurns
{
    /// <summary>Puts the best documents in their new order, with their new scores, which fall.</summary>
    /// <param name="ranked">The documents, best first. Changed.</param>
    /// <param name="sessions">The session of each document by number; negative for none.</param>
    /// <param name="penalty">What one loses for each better one of its session.</param>
    public static void Take(RankedDocument[] ranked, ReadOnlySpan<int> sessions, float penalty)
    {
        var taken = new Dictionary<int, int>();
        var waiting = new PriorityQueue<(RankedDocument Document, int Before), (float, int)>(ranked.Length);
        for (int i = 0; i < ranked.Length; i++)
        {
            waiting.Enqueue((ranked[i], 0), (-ranked[i].Score, i));
        }

        int place = 0;
        while (waiting.TryDequeue(out (RankedDocument Document, int Before) best, out (float Loss, int Order) priority))
        {
            int session = sessions[best.Document.Document];
            int before = session < 0 ? 0 : taken.GetValueOrDefault(session);
            if (before > best.Before)
            {
                // Others of its session came before it since it was put here.
                waiting.Enqueue((best.Document, before), (priority.Loss + (penalty * (before - best.Before)), priority.Order));
                continue;
            }

            taken[session] = before + 1;
            ranked[place++] = best.Document with { Score = -priority.Loss };
        }
    }
}
