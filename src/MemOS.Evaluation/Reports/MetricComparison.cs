namespace MemOS.Evaluation.Reports;

/// <summary>One metric of two runs, question by question.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Before">The first run's mean over the common questions.</param>
/// <param name="After">The second run's.</param>
/// <param name="Difference">After minus before.</param>
/// <param name="Low">The lower end of the difference's 95 % bootstrap confidence interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Wins">Questions on which the second run is better.</param>
/// <param name="Losses">Questions on which it is worse.</param>
/// <param name="Ties">Questions on which both are equal.</param>
/// <param name="Significance">Two-sided probability of such a mean difference when there is none: a permutation test that flips signs.</param>
/// <param name="SignSignificance">The same of such wins and losses: the exact sign test.</param>
public sealed record MetricComparison(
    string Metric, double Before, double After, double Difference, double Low, double High, int Wins, int Losses, int Ties, double Significance, double SignSignificance);
