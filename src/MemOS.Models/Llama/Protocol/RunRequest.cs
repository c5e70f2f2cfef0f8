namespace MemOS.Models.Llama.Protocol;

/// <summary>Steps done in order, with nothing of other requests between them. The numbers that steps take are the payload, one after the other.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Soon">
/// Whether they may be done between two tokens of an answer that was asked for before. They are few and quick, and nothing else was asked about their sequences.
/// </param>
internal sealed record RunRequest(IReadOnlyList<SequenceStep> Steps, bool Soon = false) : HostRequest;
