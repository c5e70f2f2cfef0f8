using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Protocol;

/// <summary>What a client asks. Numbers such as tokens and logits travel beside it, as bytes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(PingRequest), "ping")]
[JsonDerivedType(typeof(TokenizeRequest), "tokenize")]
[JsonDerivedType(typeof(TextRequest), "text")]
[JsonDerivedType(typeof(RenderRequest), "render")]
[JsonDerivedType(typeof(RunRequest), "run")]
[JsonDerivedType(typeof(GenerateRequest), "generate")]
[JsonDerivedType(typeof(EmbedRequest), "embed")]
[JsonDerivedType(typeof(ObserveRequest), "observe")]
[JsonDerivedType(typeof(LoadAdapterRequest), "loadAdapter")]
[JsonDerivedType(typeof(TrainPrefixRequest), "trainPrefix")]
[JsonDerivedType(typeof(FaultRequest), "fault")]
internal abstract record HostRequest;
