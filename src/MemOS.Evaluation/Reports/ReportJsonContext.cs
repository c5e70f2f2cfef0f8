using System.Text.Json.Serialization;
using MemOS.Evaluation.Answers;
using MemOS.Evaluation.Invariants;
using MemOS.Evaluation.Merges;
using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Reports;

/// <summary>The generated JSON code of the reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ReportComparison))]
[JsonSerializable(typeof(RecallOptions))]
[JsonSerializable(typeof(AnswerReport))]
[JsonSerializable(typeof(MergeReport))]
[JsonSerializable(typeof(InvariantReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
