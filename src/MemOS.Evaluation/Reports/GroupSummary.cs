using System.Collections.Immutable;

namespace MemOS.Evaluation.Reports;

/// <summary>The scores of a group of questions.</summary>
/// <param name="Group">The group: <c>overall</c> or a category.</param>
/// <param name="Questions">How many.</param>
/// <param name="Metrics">A summary of each metric, in the report's order.</param>
public sealed record GroupSummary(string Group, int Questions, ImmutableArray<MetricSummary> Metrics);
