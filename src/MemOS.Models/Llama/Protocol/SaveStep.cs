namespace MemOS.Models.Llama.Protocol;

/// <summary>Writes the state of a sequence to a file.</summary>
internal sealed record SaveStep(int Sequence, string Path) : SequenceStep;
