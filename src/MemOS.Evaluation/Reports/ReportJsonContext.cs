using System.Text.Json.Serialization;
using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Reports;

/// <summary>The generated JSON code of the reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ReportComparison))]
[JsonSerializable(typeof(RecallOptions))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
