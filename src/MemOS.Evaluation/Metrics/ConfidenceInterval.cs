namespace MemOS.Evaluation.Metrics;

/// <summary>A mean with its 95 % bootstrap confidence interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The 2.5th percentile of the resampled means.</param>
/// <param name="High">The 97.5th percentile of the resampled means.</param>
public readonly record struct ConfidenceInterval(double Mean, double Low, double High);
