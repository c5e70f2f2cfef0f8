using System.Text.Json;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>An index over cubes, with the built-in hashing embedder.</summary>
internal sealed class IndexFixture
{
    private static readonly HashingEmbedder Embedder = new();

    public IndexFixture(params IEnumerable<MemCube> cubes)
    {
        foreach (MemCube cube in cubes)
        {
            Apply(cube);
        }
    }

    public static DateTimeOffset Now { get; } = SampleCubes.Start.AddDays(60);

    public RecallIndex Index { get; } = new(Embedder.Space);

    public void Apply(MemCube cube) => Index.Apply(cube, DocumentAnalyzer.Analyze(cube, Vector(cube.Text ?? "")));

    public RankedCubes Search(string text, Func<RecallQuery, RecallQuery>? change = null)
    {
        var query = new RecallQuery { Text = text };
        return Index.Search(change is null ? query : change(query), Vector(text), Now);
    }

    public int[] Sequences(string text, Func<RecallQuery, RecallQuery>? change = null) => [.. Search(text, change).Hits.Select(hit => (int)hit.Sequence)];

    public static CubeFilter Filter(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CubeFilterParser.Parse(document.RootElement);
    }

    private static CubeVector Vector(string text)
    {
        float[] vector = new float[Embedder.Dimension];
        Embedder.Embed(text, vector);
        return new CubeVector(Embedder.Space, vector);
    }
}
