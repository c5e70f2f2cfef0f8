using System.Collections.Immutable;
using System.Globalization;
using MemOS.Evaluation.Metrics;
using MemOS.Operator.Recall;
using MemOS.Scheduler;

namespace MemOS.Evaluation.LoCoMo;

/// <summary>Scores what recall returned for one question.</summary>
/// <remarks>
/// The unit is one turn: a hit stands for the messages it came from. Sessions are ranked by their first turn, each once. The token metric counts hits
/// in order until their lines, as they stand in a prompt, pass the budget.
/// </remarks>
internal static class LoCoMoScorer
{
    public static ImmutableArray<string> MetricNames(int tokenBudget) =>
    [
        "r@1", "r@5", "r@10", "r@20", "recall_all@5", "recall_all@10", "mrr", "ndcg@10",
        string.Create(CultureInfo.InvariantCulture, $"r@{tokenBudget}_tokens"), "session_r@1", "session_r@5", "session_r@10",
    ];

    public static ImmutableArray<double> Score(IReadOnlySet<string> gold, RecallResult ranked, RecallResult withinBudget, int tokenBudget)
    {
        IReadOnlyList<IReadOnlyCollection<string>> items = Sources(ranked.Hits);
        IReadOnlyList<IReadOnlyCollection<string>> sessions = RankMetrics.Group(items, SessionOf);
        HashSet<string> goldSessions = [.. gold.Select(SessionOf)];
        IReadOnlyList<IReadOnlyCollection<string>> afforded = Sources(Afforded(withinBudget.Hits, tokenBudget));
        return
        [
            RankMetrics.Recall(items, gold, 1),
            RankMetrics.Recall(items, gold, 5),
            RankMetrics.Recall(items, gold, 10),
            RankMetrics.Recall(items, gold, 20),
            RankMetrics.RecallAll(items, gold, 5),
            RankMetrics.RecallAll(items, gold, 10),
            RankMetrics.ReciprocalRank(items, gold),
            RankMetrics.Ndcg(items, gold, 10),
            RankMetrics.Recall(afforded, gold, afforded.Count),
            RankMetrics.Recall(sessions, goldSessions, 1),
            RankMetrics.Recall(sessions, goldSessions, 5),
            RankMetrics.Recall(sessions, goldSessions, 10),
        ];
    }

    /// <summary>The ids of the turns that each hit came from.</summary>
    public static IReadOnlyList<IReadOnlyCollection<string>> Sources(ImmutableArray<RecallHit> hits) =>
        [.. hits.Select(hit => (IReadOnlyCollection<string>)[.. hit.Cube.Sources.Select(source => source.MessageId).Distinct()])];

    /// <summary>The first hits whose lines together stay within the budget.</summary>
    public static ImmutableArray<RecallHit> Afforded(ImmutableArray<RecallHit> hits, int tokenBudget)
    {
        int tokens = 0;
        return [.. hits.TakeWhile(hit => (tokens += InjectionPlan.Tokens(hit.Cube)) <= tokenBudget)];
    }

    /// <summary>"D3:7" is turn 7 of session "D3".</summary>
    private static string SessionOf(string turn) => turn.Split(':', 2)[0];
}
