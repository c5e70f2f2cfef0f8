using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Protocol;

/// <summary>The messages between a host and its parent, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HostRequest))]
[JsonSerializable(typeof(HostReply))]
[JsonSerializable(typeof(HostSettings))]
[JsonSerializable(typeof(HostStarted))]
[JsonSerializable(typeof(StateHeader))]
[JsonSerializable(typeof(LibraryReport))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
