using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using MemOS.Models.BuiltIn;

namespace MemOS.Benchmarks.Models;

/// <summary>From a process that has not touched the built-in embedder to its first vector, just-in-time compilation included.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 7, warmupCount: 0, iterationCount: 1)]
public class EmbedderStartBenchmarks
{
    [Benchmark]
    public float FirstVector()
    {
        float[] vector = new float[WordNetEmbedder.Shared.Dimension];
        WordNetEmbedder.Shared.Embed("My train to Vienna leaves at nine on Friday", vector);
        return vector[0];
    }
}
