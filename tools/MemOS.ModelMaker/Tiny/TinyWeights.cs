using MemOS.ModelMaker.Gguf;
using MemOS.Models.Llama.Native;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The weights of the decoder, in memory of their own, so that graphs of several shapes can share them.</summary>
internal sealed class TinyWeights : IDisposable
{
    private readonly TensorContext context;
    private readonly TensorBuffer buffer;
    private readonly List<(string Name, Tensor Tensor)> named = [];

    /// <summary>Makes room for the weights; <see cref="TinyStart"/> or <see cref="Read"/> fills it.</summary>
    public TinyWeights(TinyShape shape, TensorBackend backend)
    {
        Shape = shape;
        context = new TensorContext((shape.Layers * 11) + 2);

        Tensor New(string name, int inputs, int outputs = 1)
        {
            Tensor tensor = context.Parameter(inputs, outputs);
            named.Add((name, tensor));
            return tensor;
        }

        int width = shape.Width, feed = shape.FeedForward;
        Embedding = New("token_embd.weight", width, shape.Vocabulary);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new TinyLayer(
            New($"blk.{layer}.attn_norm.weight", width),
            New($"blk.{layer}.attn_q.weight", width, width),
            New($"blk.{layer}.attn_q.bias", width),
            New($"blk.{layer}.attn_k.weight", width, width),
            New($"blk.{layer}.attn_k.bias", width),
            New($"blk.{layer}.attn_v.weight", width, width),
            New($"blk.{layer}.attn_output.weight", width, width),
            New($"blk.{layer}.ffn_norm.weight", width),
            New($"blk.{layer}.ffn_gate.weight", width, feed),
            New($"blk.{layer}.ffn_up.weight", width, feed),
            New($"blk.{layer}.ffn_down.weight", feed, width)))];
        Norm = New("output_norm.weight", width);
        buffer = new TensorBuffer(context, backend);
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
}
