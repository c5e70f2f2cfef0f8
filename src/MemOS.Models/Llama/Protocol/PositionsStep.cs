namespace MemOS.Models.Llama.Protocol;

/// <summary>Asks for the first and last position of a sequence.</summary>
internal sealed record PositionsStep(int Sequence) : SequenceStep;
