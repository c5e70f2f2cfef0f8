namespace MemOS.Models.Llama;

/// <summary>A vector that is added to the stream between layers while an answer is made, and taken off after it.</summary>
/// <param name="Values">The model's width for each layer from layer 1; nothing is added in layer 0.</param>
/// <param name="FirstLayer">The first layer that it is added in.</param>
/// <param name="LastLayer">The last.</param>
internal sealed record Steering(float[] Values, int FirstLayer, int LastLayer);
