namespace MemOS.Models.Llama;

/// <summary>What steps found and made.</summary>
/// <param name="Results">A result for each step.</param>
/// <param name="Logits">The rows asked for, one after the other.</param>
/// <param name="Vocabulary">Values of a row.</param>
internal sealed record StepResults(IReadOnlyList<StepResult> Results, float[] Logits, int Vocabulary)
{
    /// <summary>One row of logits.</summary>
    public ReadOnlySpan<float> Row(int row) => Logits.AsSpan(row * Vocabulary, Vocabulary);
}
