using BenchmarkDotNet.Attributes;
using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Vectors;

namespace MemOS.Benchmarks.Recall;

/// <summary>What a message costs before the writer sees it.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks : IDisposable
{
    private readonly WordNetEmbedder _embedder = WordNetEmbedder.Shared;
    private readonly MemCube[] _cubes = RecallCorpus.Turns(1);
    private readonly float[] _vector = new float[WordNetEmbedder.Shared.Dimension];

    [Benchmark]
    public IndexDocument Analyse() => DocumentAnalyzer.Analyze(_cubes[0], null);

    [Benchmark]
    public void Embed() => _embedder.Embed(_cubes[0].Text, _vector);

    [Benchmark]
    public void EmbedShortText() => _embedder.Embed("User prefers aisle seats on long flights", _vector);

    public void Dispose()
    {
        _embedder.Dispose();
        GC.SuppressFinalize(this);
    }
}
