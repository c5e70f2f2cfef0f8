namespace MemOS.Evaluation.Reports;

/// <summary>One metric of two runs, question by question.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Before">The first run's mean over the common questions.</param>
/// <param name="After">The second run's.</param>
/// <param name="Difference">After minus before.</param>
/// <param name="Low">The lower end of the difference's 95 % bootstrap confidence interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Significance">Two-sided bootstrap probability of such a difference when there is none.</param>
public sealed record MetricComparison(string Metric, double Before, double After, double Difference, double Low, double High, double Significance);
