using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MemOS.Evaluation.Metrics;
using MemOS.Evaluation.Reports;

namespace MemOS.Evaluation.Merges;

/// <summary>The merge-error rates of a run.</summary>
/// <param name="Results">Every case.</param>
/// <param name="Rates">The errors: the two that are published first, then their parts.</param>
public sealed record MergeReport(ImmutableArray<MergeResult> Results, ImmutableArray<MergeRate> Rates)
{
    /// <summary>Joins what should stay apart: becomes one memory, or replaces what still holds. What was said is lost to recall or shown as over.</summary>
    public const string OverMerge = "joins what should stay apart";

    /// <summary>Keeps apart what should join: a repetition stands twice, or an old value stands beside the new one.</summary>
    public const string UnderMerge = "keeps apart what should join";

    /// <summary>Counts the errors.</summary>
    public static MergeReport Of(ImmutableArray<MergeResult> results) => new(results,
    [
        Rate(OverMerge, results, result => result.Case.Expected is not MergeExpectation.Same, result => result.Outcome is MergeOutcome.Joined
            || (result.Case.Expected is MergeExpectation.Apart && result.Outcome is MergeOutcome.Replaced)),
        Rate(UnderMerge, results, Joins, result => !result.IsRight),
        Rate("one memory of two statements", results, result => result.Case.Expected is not MergeExpectation.Same, result => result.Outcome is MergeOutcome.Joined),
        Rate("replaced what still holds", results, result => result.Case.Expected is MergeExpectation.Apart or MergeExpectation.Same, result => result.Outcome is MergeOutcome.Replaced),
        Rate("a repetition stands twice", results, result => result.Case.Expected is MergeExpectation.Same, result => result.Outcome is not MergeOutcome.Joined),
        Rate("an old value still holds", results, result => result.Case.Expected is MergeExpectation.Update or MergeExpectation.Ends, result => result.Outcome is not MergeOutcome.Replaced),
    ]);

    /// <summary>The rate of an error.</summary>
    public MergeRate this[string error] => Rates.Single(rate => rate.Error == error);

    /// <summary>The report as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.MergeReport);

    /// <summary>The rates, the results by kind of case, and the cases that went wrong.</summary>
    public string ToTable()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Results.Length} cases\n\n{"error",-34}{"cases",7}{"errors",8}{"rate",8}   95 % interval\n");
        foreach (MergeRate rate in Rates)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rate.Error,-34}{rate.Cases,7}{rate.Errors,8}{rate.Rate,8:P1}   {rate.Low:P1} - {rate.High:P1}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{"kind",-34}{"cases",7}{"right",8}\n");
        foreach (IGrouping<string, MergeResult> kind in Results.GroupBy(result => result.Case.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"{kind.Key,-34}{kind.Count(),7}{kind.Count(result => result.IsRight),8}\n");
        }

        text.Append("\nwrong\n");
        foreach (MergeResult result in Results.Where(result => !result.IsRight))
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Case.Expected.ToString().ToLowerInvariant(),-7} -> {result.Outcome.ToString().ToLowerInvariant(),-9}");
            text.Append(CultureInfo.InvariantCulture, $"{result.Case.Kind,-16}{result.Case.First} | {result.Case.Second}\n");
        }

        return text.ToString();
    }

    private static bool Joins(MergeResult result) => result.Case.Expected is MergeExpectation.Same or MergeExpectation.Update or MergeExpectation.Ends;

    private static MergeRate Rate(string error, ImmutableArray<MergeResult> results, Func<MergeResult, bool> possible, Func<MergeResult, bool> made)
    {
        MergeResult[] cases = [.. results.Where(possible)];
        int errors = cases.Count(made);
        ConfidenceInterval interval = Proportion.Of(errors, cases.Length);
        return new MergeRate(error, cases.Length, errors, interval.Mean, interval.Low, interval.High);
    }
}
