namespace MemOS.Evaluation.Merges;

/// <summary>A case and what became of it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="IsRight">Whether that is right.</param>
public sealed record MergeResult(MergeCase Case, MergeOutcome Outcome, bool IsRight);
