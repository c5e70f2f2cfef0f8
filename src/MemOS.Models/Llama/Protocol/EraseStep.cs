namespace MemOS.Models.Llama.Protocol;

/// <summary>Overwrites what dropped tokens have left in the process; what sequences hold at this time is overwritten as soon as they are emptied.</summary>
internal sealed record EraseStep : SequenceStep;
