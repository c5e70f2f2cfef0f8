using BenchmarkDotNet.Attributes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Vaults;

namespace MemOS.Benchmarks.Recall;

/// <summary>One recall, all legs, ten hits.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CubeFilter BySpeaker = new FieldCondition(CubeField.Speaker, FilterOperator.Equal, FilterValue.Of("Ann"));

    private readonly CubeVector _vector = RecallCorpus.Vector(new Random(3));
    private RecallIndex? _index;
    private int _next;

    [Params(10_000, 100_000)]
    public int Documents { get; set; }

    [GlobalSetup]
    public void Build() => _index = RecallCorpus.Index(Documents);

    [Benchmark(Baseline = true)]
    public object? Search() => _index?.Search(RecallCorpus.Query(_next++), _vector, Now);

    [Benchmark]
    public object? SearchWithFilter() => _index?.Search(RecallCorpus.Query(_next++) with { Filter = BySpeaker }, _vector, Now);

    [Benchmark]
    public object? SearchWithoutVector() => _index?.Search(RecallCorpus.Query(_next++), null, Now);
}
