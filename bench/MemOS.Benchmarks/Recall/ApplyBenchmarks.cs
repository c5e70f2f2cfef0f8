using BenchmarkDotNet.Attributes;
using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Benchmarks.Recall;

/// <summary>Building an index from analysed rows.</summary>
[MemoryDiagnoser]
public class ApplyBenchmarks
{
    private MemCube[] _cubes = [];
    private IndexDocument[] _documents = [];

    [Params(10_000, 100_000)]
    public int Documents { get; set; }

    [GlobalSetup]
    public void Analyse()
    {
        var random = new Random(2);
        _cubes = RecallCorpus.Turns(Documents);
        _documents = [.. _cubes.Select(cube => DocumentAnalyzer.Analyze(cube, RecallCorpus.Vector(random)))];
    }

    [Benchmark]
    public int Build()
    {
        var index = new RecallIndex(RecallCorpus.Space);
        for (int i = 0; i < _cubes.Length; i++)
        {
            index.Apply(_cubes[i], _documents[i]);
        }

        return index.Count;
    }
}
