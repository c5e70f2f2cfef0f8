namespace MemOS.Models.Llama.Protocol;

/// <summary>The results of steps, in their order; the logits asked for are the payload, row after row.</summary>
internal sealed record RunReply(IReadOnlyList<StepResult> Results) : HostReply;
