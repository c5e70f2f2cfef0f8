using System.Text.Json.Serialization;

namespace MemOS.Evaluation.Datasets.Talks;

/// <summary>Reads and writes <see cref="TalkFile"/>s.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TalkFile))]
public sealed partial class TalkJsonContext : JsonSerializerContext;
