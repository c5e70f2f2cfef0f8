using System.Numerics.Tensors;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Core.Tests.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>An index over cubes, with the built-in embedder.</summary>
internal sealed class IndexFixture
{
    private static readonly WordNetEmbedder Embedder = WordNetEmbedder.Shared;

    public IndexFixture(params IEnumerable<MemCube> cubes)
    {
        foreach (MemCube cube in cubes)
        {
            Apply(cube);
        }
    }

    public static DateTimeOffset Now { get; } = SampleCubes.Start.AddDays(60);

    public RecallIndex Index { get; private set; } = new(Embedder.Space);

    /// <summary>The vectors by sequence number, as a vault keeps them.</summary>
    private readonly Dictionary<long, CubeVector> _vectors = [];

    public void Apply(MemCube cube)
    {
        CubeVector vector = Vector(cube.Text ?? "");
        lock (_vectors)
        {
            _vectors[cube.Sequence] = vector;
        }

        Index.Apply(cube, DocumentAnalyzer.Analyze(cube, vector));
    }

    /// <summary>Saves the index and goes on with what was saved, as a vault does that is closed and opened again.</summary>
    public void Reopen()
    {
        using var snapshot = new SnapshotSample();
        IndexCut cut = Index.Cut();
        using (FileStream stream = File.Create(snapshot.Path))
        {
            Index.Write(cut, history: 7, stream);
        }

        RecallIndex? saved = RecallIndex.Continue(SnapshotFile.TryOpen(snapshot.Open())!, Embedder.Space, RecallOptions.Default, _ => 7);
        Index = saved ?? throw new InvalidOperationException("The snapshot was not accepted.");
    }

    public RankedCubes Search(string text, Func<RecallQuery, RecallQuery>? change = null)
    {
        var query = new RecallQuery { Text = text };
        return Index.Search(change is null ? query : change(query), Vector(text), Now, ReadProducts);
    }

    public int[] Sequences(string text, Func<RecallQuery, RecallQuery>? change = null) => [.. Search(text, change).Hits.Select(hit => (int)hit.Sequence)];

    public static CubeFilter Filter(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CubeFilterParser.Parse(document.RootElement);
    }

    private void ReadProducts(long[] sequences, CubeVector query, float[] products)
    {
        lock (_vectors)
        {
            for (int i = 0; i < products.Length; i++)
            {
                products[i] = TensorPrimitives.Dot(query.Values.Span, _vectors[sequences[i]].Values.Span);
            }
        }
    }

    private static CubeVector Vector(string text)
    {
        float[] vector = new float[Embedder.Dimension];
        Embedder.Embed(text, vector);
        return new CubeVector(Embedder.Space, vector);
    }
}
