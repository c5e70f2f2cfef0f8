using System.Collections.Immutable;
using System.Globalization;
using MemOS.Evaluation.Metrics;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Evaluation.Reports;

/// <summary>Collects scores and times while a run goes on.</summary>
internal sealed class ReportBuilder(string name, ImmutableArray<string> metrics, TimeProvider clock)
{
    private readonly DateTimeOffset _ranAt = clock.GetUtcNow();
    private readonly List<QuestionScore> _questions = [];
    private readonly List<double> _openings = [];
    private readonly List<double> _recalls = [];
    private TimeSpan _ingest;
    private TimeSpan _settle;
    private long _messages;
    private long _bytes;
    private long _cubes;
    private long _hits;
    private long _sources;

    public int Questions => _questions.Count;

    public async Task TimeIngestAsync(int messages, Func<Task> store)
    {
        long start = clock.GetTimestamp();
        await store().ConfigureAwait(false);
        _ingest += clock.GetElapsedTime(start);
        _messages += messages;
    }

    public async Task TimeSettleAsync(Func<Task> settle)
    {
        long start = clock.GetTimestamp();
        await settle().ConfigureAwait(false);
        _settle += clock.GetElapsedTime(start);
    }

    public Task<MemoryVault> TimeOpenAsync(Func<Task<MemoryVault>> open) => TimeAsync(open, _openings);

    public Task<RecallResult> TimeRecallAsync(Func<Task<RecallResult>> recall) => TimeAsync(recall, _recalls);

    public void Add(VaultStatistics statistics)
    {
        _bytes += statistics.Bytes;
        _cubes += statistics.Cubes;
    }

    public void Add(QuestionScore question, ImmutableArray<RecallHit> hits)
    {
        _questions.Add(question);
        foreach (RecallHit hit in hits.Take(10))
        {
            _hits++;
            _sources += hit.Cube.Sources.Length;
        }
    }

    public EvaluationReport Build()
    {
        double[] openings = [.. _openings.Order()];
        double[] recalls = [.. _recalls.Order()];
        SpeedSummary speed = new(
            _messages,
            Rounded(_ingest > TimeSpan.Zero ? _messages / _ingest.TotalSeconds : 0),
            Rounded(_settle.TotalSeconds),
            Rounded(Percentiles.Of(openings, 0.5)),
            Rounded(openings.LastOrDefault()),
            Rounded(Percentiles.Of(recalls, 0.5)),
            Rounded(Percentiles.Of(recalls, 0.95)),
            _bytes,
            _cubes);
        IEnumerable<GroupSummary> categories = _questions.GroupBy(question => question.Category).OrderBy(group => group.Key)
            .Select(group => Summarise(CategoryName(group.Key), [.. group]));
        return new EvaluationReport(
            EvaluationReport.CurrentFormat, name, _ranAt, metrics, [Summarise("overall", _questions), .. categories],
            _hits == 0 ? 0 : Rounded((double)_sources / _hits), speed, [.. _questions]);
    }

    public static string CategoryName(int category) => category switch
    {
        1 => "multi-hop",
        2 => "temporal",
        3 => "open-domain",
        4 => "single-hop",
        _ => category.ToString(CultureInfo.InvariantCulture),
    };

    private GroupSummary Summarise(string group, List<QuestionScore> questions) => new(group, questions.Count, [.. metrics.Select((metric, index) =>
    {
        double[] values = [.. questions.Select(question => question.Scores[index])];
        ConfidenceInterval interval = Bootstrap.Mean(values);
        return new MetricSummary(metric, interval.Mean, interval.Low, interval.High);
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
