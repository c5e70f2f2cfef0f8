namespace MemOS.Models.Llama;

/// <summary>What came of training a prefix.</summary>
/// <param name="Before">How far the beginning of the text, which the prefix starts as, is from the whole text: mean divergence of the next token over the questions' answers, in nats.</param>
/// <param name="After">The same over the last tenth of the steps.</param>
/// <param name="Seconds">How long the steps took.</param>
internal sealed record TrainedPrefix(double Before, double After, double Seconds);
