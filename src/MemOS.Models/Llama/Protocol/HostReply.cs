using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Protocol;

/// <summary>What a host answers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(DoneReply), "done")]
[JsonDerivedType(typeof(WorkingReply), "working")]
[JsonDerivedType(typeof(TokenReply), "token")]
[JsonDerivedType(typeof(PongReply), "pong")]
[JsonDerivedType(typeof(RunReply), "run")]
[JsonDerivedType(typeof(GeneratedReply), "generated")]
[JsonDerivedType(typeof(TrainingReply), "training")]
[JsonDerivedType(typeof(TrainedReply), "trained")]
[JsonDerivedType(typeof(FailedReply), "failed")]
internal abstract record HostReply
{
    /// <summary>Whether more follows for the same request.</summary>
    [JsonIgnore]
    public virtual bool IsLast => true;
}
