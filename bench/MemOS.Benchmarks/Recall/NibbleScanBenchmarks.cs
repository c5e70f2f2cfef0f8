using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using MemOS.Operator.Recall.Vectors;

namespace MemOS.Benchmarks.Recall;

/// <summary>The scan over the vectors of 10,000 documents: four bits a component by our kernel against floats by the platform's.</summary>
public class NibbleScanBenchmarks
{
    private const int Documents = 10_000;

    private readonly int[] _products = new int[Documents];
    private float[] _floats = [];
    private float[] _query = [];
    private byte[] _bytes = [];
    private sbyte[] _coarseQuery = [];

    [Params(256, 384)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        _query = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        _floats = [.. Enumerable.Range(0, Documents * Dimension).Select(_ => random.NextSingle() - 0.5f)];
        _coarseQuery = new sbyte[Dimension];
        VectorPlanes.Quantise(_query, _coarseQuery);
        _bytes = new byte[Documents * NibbleKernel.BytesFor(Dimension)];
        random.NextBytes(_bytes);
    }

    [Benchmark(Baseline = true)]
    public float TensorPrimitivesOnFloats()
    {
        float sum = 0;
        for (int i = 0; i < Documents; i++)
        {
            sum += TensorPrimitives.Dot(_query, _floats.AsSpan(i * Dimension, Dimension));
        }

        return sum;
    }

    [Benchmark]
    public int KernelOnNibbles()
    {
        NibbleKernel.Scan(_bytes, _coarseQuery, _products);
        return _products[^1];
    }
}
