using BenchmarkDotNet.Attributes;
using MemOS.Models.BuiltIn;

namespace MemOS.Benchmarks.Models;

/// <summary>The built-in embedder on one core: short texts, as memories are.</summary>
[MemoryDiagnoser]
public class EmbedderBenchmarks
{
    private static readonly string[] Texts =
    [
        "User prefers aisle seats on long flights",
        "My train to Vienna leaves at nine on Friday",
        "Melanie adopted a puppy from the shelter last week",
        "Caroline is allergic to peanuts and shellfish",
        "We are moving to a bigger apartment in October",
        "He started learning the guitar when he was twelve",
        "Please answer in bullet points and keep it short",
        "The deployment to staging failed because of a missing secret",
    ];

    private readonly WordNetEmbedder _embedder = WordNetEmbedder.Shared;
    private readonly float[] _vector = new float[WordNetEmbedder.Shared.Dimension];

    [Benchmark(OperationsPerInvoke = 8)]
    public void ShortText()
    {
        foreach (string text in Texts)
        {
            _embedder.Embed(text, _vector);
        }
    }
}
