using System.Collections.Immutable;
using System.Globalization;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Metrics;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Scheduler;

namespace MemOS.Evaluation.Retrieval;

/// <summary>Scores what recall returned for one question.</summary>
/// <remarks>
/// The unit is one message: a hit stands for the messages it came from. Sessions are ranked by their first message, each once. The token metric counts hits
/// in order until their lines, as they stand in a prompt, pass the budget.
/// </remarks>
/// <param name="messages">The conversation.</param>
/// <param name="sessionOf">The session of each message, by id.</param>
/// <param name="tokenBudget">The budget of the token metrics.</param>
internal sealed class RetrievalScorer(IEnumerable<Message> messages, IReadOnlyDictionary<string, string> sessionOf, int tokenBudget)
{
    public static ImmutableArray<string> MetricNames(int tokenBudget) =>
    [
        "r@1", "r@5", "r@10", "r@20", "hit@1", "hit@5", "hit@10", "recall_all@5", "recall_all@10", "mrr", "ndcg@10",
        string.Create(CultureInfo.InvariantCulture, $"r@{tokenBudget}_tokens"),
        string.Create(CultureInfo.InvariantCulture, $"r@{tokenBudget}_tokens_excerpts"),
        string.Create(CultureInfo.InvariantCulture, $"answer_words@{tokenBudget}_tokens"),
        string.Create(CultureInfo.InvariantCulture, $"answer_words@{tokenBudget}_tokens_excerpts"),
        "session_r@1", "session_r@5", "session_r@10", "session_hit@1", "session_hit@5", "session_hit@10", "session_recall_all@5", "session_recall_all@10",
        "session_mrr", "session_ndcg@10",
    ];

    /// <summary>Whether there is anything to score a question by.</summary>
    public static bool CanScore(LabelledQuestion question) => !question.Evidence.IsEmpty || !question.EvidenceSessions.IsEmpty;

    /// <summary>A value for each metric; null for those of messages where only the sessions of the evidence are known.</summary>
    public ImmutableArray<double?> Score(LabelledQuestion question, RecallResult ranked, RecallResult withinBudget, RecallResult excerpts)
    {
        IReadOnlyList<IReadOnlyCollection<string>> items = Sources(ranked.Hits);
        IReadOnlyList<IReadOnlyCollection<string>> sessions = RankMetrics.Group(items, SessionOf);
        ImmutableHashSet<string> gold = question.Evidence;
        ImmutableArray<RecallHit> whole = Afforded(withinBudget.Hits, tokenBudget);
        ImmutableArray<RecallHit> cut = Afforded(excerpts.Hits, tokenBudget);
        HashSet<string> answer = AnswerWords.Of(question.Answer);
        answer.IntersectWith(AnswerWords.Of(messages.Where(message => gold.Contains(message.Id)).Select(message => message.Text)));
        ImmutableHashSet<string> goldSessions = question.EvidenceSessions.IsEmpty ? [.. gold.Select(SessionOf)] : question.EvidenceSessions;
        return
        [
            .. gold.IsEmpty ? Enumerable.Repeat((double?)null, 15) :
            [
                RankMetrics.Recall(items, gold, 1),
                RankMetrics.Recall(items, gold, 5),
                RankMetrics.Recall(items, gold, 10),
                RankMetrics.Recall(items, gold, 20),
                RankMetrics.Hit(items, gold, 1),
                RankMetrics.Hit(items, gold, 5),
                RankMetrics.Hit(items, gold, 10),
                RankMetrics.RecallAll(items, gold, 5),
                RankMetrics.RecallAll(items, gold, 10),
                RankMetrics.ReciprocalRank(items, gold),
                RankMetrics.Ndcg(items, gold, 10),
                RankMetrics.Recall(Sources(whole), gold, int.MaxValue),
                RankMetrics.Recall(Sources(cut), gold, int.MaxValue),
                AnswerWords.ShareIn(Evidence(whole, gold), answer),
                AnswerWords.ShareIn(Evidence(cut, gold), answer),
            ],
            RankMetrics.Recall(sessions, goldSessions, 1),
            RankMetrics.Recall(sessions, goldSessions, 5),
            RankMetrics.Recall(sessions, goldSessions, 10),
            RankMetrics.Hit(sessions, goldSessions, 1),
            RankMetrics.Hit(sessions, goldSessions, 5),
            RankMetrics.Hit(sessions, goldSessions, 10),
            RankMetrics.RecallAll(sessions, goldSessions, 5),
            RankMetrics.RecallAll(sessions, goldSessions, 10),
            RankMetrics.ReciprocalRank(sessions, goldSessions),
            RankMetrics.Ndcg(sessions, goldSessions, 10),
        ];
    }

    /// <summary>The ids of the messages that each hit came from.</summary>
    public static IReadOnlyList<IReadOnlyCollection<string>> Sources(ImmutableArray<RecallHit> hits) =>
        [.. hits.Select(hit => (IReadOnlyCollection<string>)[.. hit.Cube.Sources.Select(source => source.MessageId).Distinct()])];

    /// <summary>The first hits whose lines together stay within the budget.</summary>
    public static ImmutableArray<RecallHit> Afforded(ImmutableArray<RecallHit> hits, int tokenBudget)
    {
        int tokens = 0;
        return [.. hits.TakeWhile(hit => (tokens += InjectionPlan.Tokens(hit)) <= tokenBudget)];
    }

    private static IEnumerable<string> Evidence(ImmutableArray<RecallHit> hits, ImmutableHashSet<string> gold) =>
        hits.Where(hit => hit.Cube.Sources.Any(source => gold.Contains(source.MessageId))).Select(hit => hit.Text ?? "");

    private string SessionOf(string message) => sessionOf.GetValueOrDefault(message, "");
}
