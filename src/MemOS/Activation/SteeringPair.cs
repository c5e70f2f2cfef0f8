namespace MemOS.Activation;

/// <summary>Two texts that differ in what a steering vector is to push for.</summary>
/// <param name="Towards">A text as answers are to become.</param>
/// <param name="Away">One as they are not to be.</param>
public sealed record SteeringPair(string Towards, string Away);
