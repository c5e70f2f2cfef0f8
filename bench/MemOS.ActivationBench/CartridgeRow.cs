using System.Globalization;

namespace MemOS.ActivationBench;

/// <summary>What one form of a text gave over all questions.</summary>
internal sealed class CartridgeRow(string name)
{
    private double divergence;
    private int places;
    private int questions;
    private int right;

    /// <summary>Adds an answer.</summary>
    /// <param name="reference">The logits with the whole text, place after place.</param>
    /// <param name="logits">Those with this form.</param>
    /// <param name="vocabulary">Logits of a place.</param>
    /// <param name="isRight">Whether the answer names the value.</param>
    public void Add(float[] reference, float[] logits, int vocabulary, bool isRight)
    {
        for (int at = 0; at < reference.Length; at += vocabulary)
        {
            divergence += NextTokens.Divergence(reference.AsSpan(at, vocabulary), logits.AsSpan(at, vocabulary));
            places++;
        }

        questions++;
        right += isRight ? 1 : 0;
    }

    /// <summary>The row, with tokens, kilobytes and seconds of training.</summary>
    public string ToString(double tokens, double kilobytes, double? seconds) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {tokens:F0} | {kilobytes:F0} | {100.0 * right / questions:F1} % | {divergence / places:0.0e+0} | {seconds?.ToString("F0", CultureInfo.InvariantCulture)} |");
}
