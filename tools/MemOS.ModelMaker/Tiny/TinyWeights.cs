using MemOS.ModelMaker.Gguf;
using MemOS.Models.Llama.Native;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The weights of the decoder, in memory of their own, so that graphs of several shapes can share them.</summary>
internal sealed class TinyWeights : IDisposable
{
    private readonly TensorContext context;
    private readonly TensorBuffer buffer;
    private readonly List<(string Name, Tensor Tensor)> named = [];

    public TinyWeights(TinyShape shape, TensorBackend backend, int seed)
    {
        Shape = shape;
        context = new TensorContext((shape.Layers * 9) + 2);
        Random random = new(seed);
        List<(Tensor Tensor, double Deviation)> initial = [];
        double branch = 0.3 / Math.Sqrt(2 * shape.Layers); // layers begin as small changes

        // Deviation 0 is a norm, which starts at 1.
        Tensor New(string name, double deviation, int inputs, int outputs = 1)
        {
            Tensor tensor = context.Parameter(inputs, outputs);
            named.Add((name, tensor));
            initial.Add((tensor, deviation));
            return tensor;
        }

        int width = shape.Width, feed = shape.FeedForward;
        double wide = 1 / Math.Sqrt(width), deep = 1 / Math.Sqrt(feed);
        Embedding = New("token_embd.weight", wide, width, shape.Vocabulary);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new TinyLayer(
            New($"blk.{layer}.attn_norm.weight", 0, width),
            New($"blk.{layer}.attn_q.weight", wide, width, width),
            New($"blk.{layer}.attn_k.weight", wide, width, width),
            New($"blk.{layer}.attn_v.weight", wide, width, width),
            New($"blk.{layer}.attn_output.weight", wide * branch, width, width),
            New($"blk.{layer}.ffn_norm.weight", 0, width),
            New($"blk.{layer}.ffn_gate.weight", wide, width, feed),
            New($"blk.{layer}.ffn_up.weight", wide, width, feed),
            New($"blk.{layer}.ffn_down.weight", deep * branch, feed, width)))];
        Norm = New("output_norm.weight", 0, width);
        buffer = new TensorBuffer(context, backend);
        foreach ((Tensor tensor, double deviation) in initial)
        {
            tensor.Write<float>([.. Enumerable.Range(0, (int)tensor.Count).Select(_ => deviation == 0 ? 1f : (float)(deviation * Gauss(random)))]);
        }
    }

    public TinyShape Shape { get; }

    /// <summary>The vectors of tokens, on the way in and on the way out: a token that was read is then easily said, whichever it is.</summary>
    public Tensor Embedding { get; }

    public IReadOnlyList<TinyLayer> Layers { get; }

    public Tensor Norm { get; }

    /// <summary>All weights under the names that GGUF gives them.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Named => named;

    /// <summary>Takes the weights of a file that <see cref="TinyExport"/> wrote for the same shape.</summary>
    public void Read(string path)
    {
        IReadOnlyDictionary<string, float[]> tensors = GgufReader.ReadTensors(path);
        foreach ((string name, Tensor tensor) in named)
        {
            tensor.Write<float>(tensors[name]);
        }
    }

    public void Dispose()
    {
        buffer.Dispose();
        context.Dispose();
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
