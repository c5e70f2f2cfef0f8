using System.Globalization;

namespace MemOS.ModelMaker.Tiny;

/// <summary>Tells now and then how the training goes: means since the last line.</summary>
internal sealed class TrainingReport(TextWriter output)
{
    private const int Every = 50;

    private readonly long start = TimeProvider.System.GetTimestamp();
    private double loss;
    private int steps;
    private long tokens;
    private int right;
    private int asked;

    public void Add(TrainingStage stage, (float Loss, int Right, int Asked) step)
    {
        loss += step.Loss;
        right += step.Right;
        asked += step.Asked;
        tokens += stage.Length * stage.Rows;
        if (++steps % Every == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} s, step {steps}, {tokens} tokens, up to {stage.MostFacts} facts: loss {loss / Every:F3}, values right {100.0 * right / Math.Max(1, asked):F1} %"));
            (loss, right, asked) = (0, 0, 0);
        }
    }
}
