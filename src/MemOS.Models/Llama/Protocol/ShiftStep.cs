namespace MemOS.Models.Llama.Protocol;

/// <summary>Moves tokens of a sequence by a number of positions.</summary>
internal sealed record ShiftStep(int Sequence, int From, int To, int By) : SequenceStep;
