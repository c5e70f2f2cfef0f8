using System.Globalization;

namespace MemOS.Load;

/// <summary>What a run measured.</summary>
internal sealed class Figures(int rate, TimeSpan duration, double[] latencies, int failed)
{
    private readonly double[] _sorted = [.. latencies.Order()];

    public int Failed => failed;

    /// <summary>The latency in milliseconds that this share of the requests did not pass.</summary>
    public double Percentile(double share) => _sorted[Math.Min(_sorted.Length - 1, (int)Math.Ceiling(share * _sorted.Length) - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {rate} | {duration.TotalSeconds} | {_sorted.Length} | {(1 - (failed / (double)_sorted.Length)) * 100:0.##} % | {Percentile(0.5):0.0} | {Percentile(0.95):0.0} | {Percentile(0.99):0.0} | {_sorted[^1]:0.0} |");
}
