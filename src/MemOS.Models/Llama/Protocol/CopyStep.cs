namespace MemOS.Models.Llama.Protocol;

/// <summary>Lets the target sequence share tokens of the source.</summary>
internal sealed record CopyStep(int Source, int Target, int From = -1, int To = -1) : SequenceStep;
