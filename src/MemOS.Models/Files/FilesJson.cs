using System.Text.Json.Serialization;

namespace MemOS.Models.Files;

/// <summary>The small files beside models.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ModelOrigin))]
[JsonSerializable(typeof(PartialDownload))]
internal sealed partial class FilesJson : JsonSerializerContext;
