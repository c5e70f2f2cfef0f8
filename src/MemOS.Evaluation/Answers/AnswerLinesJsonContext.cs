using System.Text.Json.Serialization;

namespace MemOS.Evaluation.Answers;

/// <summary>The generated JSON code of a run's file: an object on each line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunHeader))]
[JsonSerializable(typeof(AnswerRecord))]
internal sealed partial class AnswerLinesJsonContext : JsonSerializerContext;
