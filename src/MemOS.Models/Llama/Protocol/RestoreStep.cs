namespace MemOS.Models.Llama.Protocol;

/// <summary>Replaces a sequence by a state from a file.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Path">The file.</param>
/// <param name="Verify">Whether the checksum over the whole state is compared; what it is bound to always is.</param>
internal sealed record RestoreStep(int Sequence, string Path, bool Verify) : SequenceStep;
