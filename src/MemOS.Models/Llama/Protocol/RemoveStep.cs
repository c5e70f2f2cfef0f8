namespace MemOS.Models.Llama.Protocol;

/// <summary>Drops the tokens at positions from <paramref name="From"/> up to <paramref name="To"/>; -1 leaves an end open.</summary>
internal sealed record RemoveStep(int Sequence, int From = -1, int To = -1) : SequenceStep;
