namespace MemOS.Models.Llama.Protocol;

/// <summary>Applies adapters to what is computed from here on, by request or until the next such step; none takes them off.</summary>
internal sealed record AdaptersStep(IReadOnlyList<AdapterUse> Adapters) : SequenceStep;
