using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>The weights of a decoder in memory of their own, so that graphs of several shapes can share them.</summary>
internal sealed class DecoderWeights : IDisposable
{
    /// <summary>What divides the speed at which each pair of a head turns with positions, as models with long contexts have it.</summary>
    public const string RopeFactorsName = "rope_freqs.weight";

    private const string HeadName = "output.weight";

    private readonly TensorContext context;
    private readonly TensorBuffer buffer;
    private readonly List<(string Name, Tensor Tensor)> named = [];
    private readonly Func<string, bool> has;
    private readonly bool isTrained;

    /// <summary>Makes room for the weights; <see cref="Read"/>, or who trains them, fills it.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="backend">What computes with them. Owned by the caller, alive longer than this.</param>
    /// <param name="has">Whether there is what only some models have (biases, norms of heads, a head apart from the vectors of tokens, factors of positions) of such a name.</param>
    /// <param name="isTrained">Whether a loss is differentiated by them.</param>
    public DecoderWeights(DecoderShape shape, TensorBackend backend, Func<string, bool> has, bool isTrained)
    {
        (Shape, this.has, this.isTrained) = (shape, has, isTrained);
        context = new TensorContext((shape.Layers * 14) + 4);
        int width = shape.Width, feed = shape.FeedForward, heads = shape.Heads * shape.HeadSize, cache = shape.CacheHeads * shape.HeadSize;
        Embedding = New("token_embd.weight", width, shape.Vocabulary);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => $"blk.{layer}.").Select(block => new DecoderLayer(
            New(block + "attn_norm.weight", width),
            New(block + "attn_q.weight", width, heads),
            Optional(block + "attn_q.bias", heads),
            Optional(block + "attn_q_norm.weight", shape.HeadSize),
            New(block + "attn_k.weight", width, cache),
            Optional(block + "attn_k.bias", cache),
            Optional(block + "attn_k_norm.weight", shape.HeadSize),
            New(block + "attn_v.weight", width, cache),
            Optional(block + "attn_v.bias", cache),
            New(block + "attn_output.weight", heads, width),
            New(block + "ffn_norm.weight", width),
            New(block + "ffn_gate.weight", width, feed),
            New(block + "ffn_up.weight", width, feed),
            New(block + "ffn_down.weight", feed, width)))];
        Norm = New("output_norm.weight", width);
        Head = Optional(HeadName, width, shape.Vocabulary) ?? Embedding;
        RopeFactors = Optional(RopeFactorsName, shape.HeadSize / 2);
        buffer = new TensorBuffer(context, backend);
    }

    public DecoderShape Shape { get; }

    /// <summary>The vectors of tokens on the way in.</summary>
    public Tensor Embedding { get; }

    public IReadOnlyList<DecoderLayer> Layers { get; }

    public Tensor Norm { get; }

    /// <summary>The vectors of tokens on the way out; where the file has none of its own, those on the way in.</summary>
    public Tensor Head { get; }

    /// <summary>The tensor <see cref="RopeFactorsName"/>, where the file has one.</summary>
    public Tensor? RopeFactors { get; }

    /// <summary>All weights under the names that GGUF gives them.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Named => named;

    /// <summary>Takes the weights of a file of this shape.</summary>
    public void Read(GgufFile file)
    {
        foreach ((string name, Tensor tensor) in named)
        {
            tensor.Write<float>(file.Read(name));
        }
    }

    public void Dispose()
    {
        buffer.Dispose();
        context.Dispose();
    }

    private Tensor New(string name, int inputs, int outputs = 1)
    {
        Tensor tensor = isTrained ? context.Parameter(inputs, outputs) : context.Floats(inputs, outputs);
        named.Add((name, tensor));
        return tensor;
    }

    private Tensor? Optional(string name, int inputs, int outputs = 1) => has(name) ? New(name, inputs, outputs) : null;
}
