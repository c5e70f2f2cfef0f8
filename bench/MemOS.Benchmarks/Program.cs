using System.Globalization;
using BenchmarkDotNet.Running;
using MemOS.Benchmarks.Recall;

// recall [MESSAGES ...]    whole recalls, each timed; 10000 and 100000 messages when none are given
// anything else            is BenchmarkDotNet's
if (args is ["recall", .. var sizes])
{
    await RecallLatency.RunAsync(sizes is [] ? [10_000, 100_000] : sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
