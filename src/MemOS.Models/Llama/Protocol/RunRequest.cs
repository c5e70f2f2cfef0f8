namespace MemOS.Models.Llama.Protocol;

/// <summary>Steps done in order, with nothing of other requests between them. The numbers that steps take are the payload, one after the other.</summary>
internal sealed record RunRequest(IReadOnlyList<SequenceStep> Steps) : HostRequest;
