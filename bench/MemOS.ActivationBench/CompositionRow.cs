using System.Globalization;

namespace MemOS.ActivationBench;

/// <summary>What one way to make contexts gave over all questions.</summary>
internal sealed class CompositionRow(string name)
{
    private readonly List<double> divergences = [];
    private int right;
    private int same;

    public void Add(double divergence, bool isRight, bool isSame)
    {
        divergences.Add(divergence);
        right += isRight ? 1 : 0;
        same += isSame ? 1 : 0;
    }

    public override string ToString()
    {
        double[] sorted = [.. divergences.Order()];
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {sorted.Average():0.0e+0} | {sorted[sorted.Length / 2]:0.0e+0} | {100.0 * right / sorted.Length:F0} % | {100.0 * same / sorted.Length:F0} % |");
    }
}
