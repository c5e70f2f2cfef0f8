using System.Diagnostics;
using System.Globalization;

namespace MemOS.Load.Many;

/// <summary>How long things took, one after another or a few at once.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Does a thing to each item and takes the time of each.</summary>
    public static async Task<Latencies> OfAsync<T>(IEnumerable<T> items, int atOnce, Func<T, Task> act)
    {
        Latencies taken = new();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (item, _) =>
        {
            long start = Stopwatch.GetTimestamp();
            await act(item);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            lock (taken._milliseconds)
            {
                taken._milliseconds.Add(milliseconds);
            }
        });
        return taken;
    }

    public override string ToString()
    {
        double[] sorted = [.. _milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.0}, p95 {At(0.95):0.0}, p99 {At(0.99):0.0}, max {sorted[^1]:0.0} ms ({sorted.Length})");

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
