using System.Diagnostics;

namespace MemOS.SideBySide;

/// <summary>The durations of one operation. Safe for use by several threads.</summary>
internal sealed class Samples
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    /// <summary>Adds the time since <paramref name="start"/>, a value of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public void AddSince(long start)
    {
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        lock (_lock)
        {
            _milliseconds.Add(milliseconds);
        }
    }

    /// <summary>Fills the percentiles of an answer and, where it has no time of its own, the sum of the durations as its seconds.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    public Answer Summarise(Answer answer)
    {
        lock (_lock)
        {
            double[] sorted = [.. _milliseconds.Order()];
            if (sorted.Length == 0)
            {
                throw new InvalidOperationException($"{answer.Operation} measured nothing; give it at least one message or question.");
            }

            return answer with
            {
                Seconds = answer.Seconds ?? sorted.Sum() / 1000,
                P50Ms = At(sorted, 0.50),
                P95Ms = At(sorted, 0.95),
                MaxMs = sorted[^1],
            };
        }
    }

    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
