using System.Collections.Immutable;
using System.Reflection;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Metrics;
using MemOS.Evaluation.Retrieval;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Evaluation.Reports;

/// <summary>Collects scores and times while a run goes on.</summary>
internal sealed class ReportBuilder(RankingVariant variant, string dataset, string selection, ImmutableArray<string> metrics, int among, TimeProvider clock)
{
    private const int HitsLookedAt = 10;

    private readonly DateTimeOffset _ranAt = clock.GetUtcNow();
    private readonly List<QuestionScore> _questions = [];
    private readonly List<double> _openings = [];
    private readonly List<double> _recalls = [];
    private int _skipped;
    private long _hits;
    private long _sources;

    public int Questions => _questions.Count;

    public Task<MemoryVault> TimeOpenAsync(Func<Task<MemoryVault>> open) => TimeAsync(open, _openings);

    public Task<RecallResult> TimeRecallAsync(Func<Task<RecallResult>> recall) => TimeAsync(recall, _recalls);

    /// <summary>Counts a question that nothing can be scored by.</summary>
    public void Skip() => _skipped++;

    public void Add(string conversation, LabelledQuestion question, ImmutableArray<double?> scores, ImmutableArray<RecallHit> hits)
    {
        ImmutableArray<RecallHit> top = [.. hits.Take(HitsLookedAt)];
        _questions.Add(new QuestionScore(
            conversation, question.Id, question.Category, scores, [.. question.Evidence.Order(StringComparer.Ordinal)],
            [.. RetrievalScorer.Sources(top).Select(ids => string.Join('+', ids))]));
        _hits += top.Length;
        _sources += top.Sum(hit => hit.Cube.Sources.Length);
    }

    public EvaluationReport Build(IngestMeter ingest)
    {
        double[] openings = [.. _openings.Order()];
        double[] recalls = [.. _recalls.Order()];
        SpeedSummary speed = new(
            ingest.Messages,
            Rounded(ingest.MessagesPerSecond),
            Rounded(ingest.SettleSeconds),
            Rounded(Percentiles.Of(openings, 0.5)),
            Rounded(openings.LastOrDefault()),
            Rounded(Percentiles.Of(recalls, 0.5)),
            Rounded(Percentiles.Of(recalls, 0.95)),
            ingest.Bytes,
            ingest.Cubes);
        return new EvaluationReport
        {
            Name = variant.Name,
            Dataset = dataset,
            Selection = selection,
            Among = among,
            Version = typeof(EvaluationReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            RanAt = _ranAt,
            Options = RankingOptions.ToJson(variant.Options),
            Metrics = metrics,
            Groups = [Summarise("overall", _questions), .. GroupBy(question => question.Category)],
            Conversations = [.. GroupBy(question => question.Conversation)],
            SessionsPerConversation = ingest.Conversations == 0 ? 0 : Rounded((double)ingest.Sessions / ingest.Conversations),
            SourcesPerHit = _hits == 0 ? 0 : Rounded((double)_sources / _hits),
            Skipped = _skipped,
            Speed = speed,
            Questions = [.. _questions],
        };
    }

    private IEnumerable<GroupSummary> GroupBy(Func<QuestionScore, string> key) =>
        _questions.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Summarise(group.Key, [.. group]));

    private GroupSummary Summarise(string group, List<QuestionScore> questions) => new(group, questions.Count, [.. metrics.Select((metric, index) =>
    {
        double[] values = [.. questions.Select(question => question.Scores[index]).OfType<double>()];
        ConfidenceInterval interval = Bootstrap.Mean(values);
        return new MetricSummary(metric, values.Length, interval.Mean, interval.Low, interval.High);
    })]);

    private async Task<T> TimeAsync<T>(Func<Task<T>> work, List<double> milliseconds)
    {
        long start = clock.GetTimestamp();
        T result = await work().ConfigureAwait(false);
        milliseconds.Add(clock.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    private static double Rounded(double value) => Math.Round(value, 3);
}
