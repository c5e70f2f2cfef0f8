namespace MemOS.Models.Llama.Protocol;

/// <summary>Adds the next <paramref name="Count"/> numbers of the payload to the stream of layers from here on; 0 takes the vector off.</summary>
internal sealed record ControlVectorStep(int Count, int FirstLayer, int LastLayer) : SequenceStep;
