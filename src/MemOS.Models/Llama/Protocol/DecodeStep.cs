namespace MemOS.Models.Llama.Protocol;

/// <summary>Computes the next <paramref name="Count"/> tokens of the payload at the end of a sequence.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Position">Of the first token.</param>
/// <param name="Count">How many.</param>
/// <param name="Outputs">For which of them logits are wanted in the reply.</param>
internal sealed record DecodeStep(int Sequence, int Position, int Count, Outputs Outputs) : SequenceStep;
