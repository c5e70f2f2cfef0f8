namespace MemOS.Evaluation.Reports;

/// <summary>The mean of a metric over questions, with its 95 % bootstrap confidence interval.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Questions">The questions that have it.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record MetricSummary(string Metric, int Questions, double Mean, double Low, double High);
