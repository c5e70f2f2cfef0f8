using System.Globalization;

namespace MemOS.ModelMaker.Tiny;

/// <summary>Means since the last report.</summary>
internal sealed class TrainingReport
{
    private double loss;
    private int steps;
    private int right;
    private int asked;

    public void Add((float Loss, int Right, int Asked) step)
    {
        loss += step.Loss;
        right += step.Right;
        asked += step.Asked;
        steps++;
    }

    public string Take()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"loss {loss / steps:F3}, values right {100.0 * right / Math.Max(1, asked):F1} %");
        (loss, steps, right, asked) = (0, 0, 0, 0);
        return text;
    }
}
