using System.Text.Json.Serialization;

namespace MemOS.Evaluation.Reports;

/// <summary>The generated JSON code of the reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ReportComparison))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
