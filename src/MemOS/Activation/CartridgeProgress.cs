namespace MemOS.Activation;

/// <summary>How far the training of a cartridge is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Divergence">How far its answers are from those with the whole text, over the last steps: mean divergence of the next token in nats.</param>
public readonly record struct CartridgeProgress(int Step, int Steps, double Divergence);
