using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>The operations of a decoder over tokens, from their numbers to the logits of chosen places. What it computes is what the library computes for a file of the kinds that <see cref="TrainableModel"/> takes.</summary>
internal sealed class DecoderGraph
{
    private readonly TensorContext context;
    private readonly DecoderShape shape;
    private readonly Tensor? ropeFactors;
    private readonly IReadOnlyList<IReadOnlyList<PrefixPart>> prefix;
    private readonly Tensor? room;

    /// <summary>Lays the operations out.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="rows">Rows that do not see each other; 1 behind a prefix, where the mask can keep several texts in a row apart.</param>
    /// <param name="chosen">Places whose logits are computed: the head is as large as a layer.</param>
    /// <param name="prefix">Keys and values in front of every row, layer by layer and part by part; empty for none.</param>
    public DecoderGraph(TensorContext context, DecoderWeights weights, int length, int rows, int chosen, IReadOnlyList<IReadOnlyList<PrefixPart>> prefix)
    {
        Tensor.Require(prefix.Count == 0 || (rows == 1 && prefix.Count == weights.Shape.Layers), "A prefix stands in front of one row, in every layer.");
        (this.context, shape, ropeFactors, this.prefix) = (context, weights.Shape, weights.RopeFactors, prefix);
        (Length, Rows, Front) = (length, rows, prefix.Count == 0 ? 0 : prefix[0].Sum(part => part.Length));
        Tokens = context.Integers((long)length * rows);
        Positions = context.Integers((long)length * rows);
        Places = context.Integers(chosen);
        Mask = context.Floats(Front + length, length);
        room = prefix.Count == 0 ? null : context.Floats(Front + length, length, shape.Heads);
        Tensor x = context.GetRows(weights.Embedding, Tokens);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            DecoderLayer own = weights.Layers[layer];
            x = context.Add(x, Attention(own, Norm(x, own.AttentionNorm), layer));
            Tensor h = Norm(x, own.FeedNorm);
            Tensor up = context.SwiGlu(context.MatrixMultiply(own.Gate, h), context.MatrixMultiply(own.Up, h));
            x = context.Add(x, context.MatrixMultiply(own.Down, up));
        }

        Logits = context.MatrixMultiply(weights.Head, context.GetRows(Norm(x, weights.Norm), Places));
    }

    public int Length { get; }

    public int Rows { get; }

    /// <summary>Positions of the prefix.</summary>
    public int Front { get; }

    /// <summary>Numbers of tokens, row after row.</summary>
    public Tensor Tokens { get; }

    /// <summary>Where each token stands in its text.</summary>
    public Tensor Positions { get; }

    /// <summary>The places whose logits are computed.</summary>
    public Tensor Places { get; }

    /// <summary>For each place of a row what it sees of prefix and row: 0 there, negative infinity elsewhere.</summary>
    public Tensor Mask { get; }

    /// <summary>The logits of the chosen places.</summary>
    public Tensor Logits { get; }

    /// <summary>Writes what never changes; the context has its memory.</summary>
    public void Begin() => room?.Write<float>(new float[room.Value.Count]);

    private Tensor Norm(Tensor x, Tensor weight) => context.Multiply(context.RmsNorm(x, shape.Epsilon), weight);

    private Tensor Attention(DecoderLayer layer, Tensor h, int number)
    {
        Tensor query = Turn(layer.Query, layer.QueryBias, layer.QueryNorm, h, shape.Heads), key = Turn(layer.Key, layer.KeyBias, layer.KeyNorm, h, shape.CacheHeads);
        Tensor value = context.Permute(Split(Biased(context.MatrixMultiply(layer.Value, h), layer.ValueBias), shape.CacheHeads), 1, 2, 0, 3);
        float scale = 1 / MathF.Sqrt(shape.HeadSize);
        Tensor own = context.MatrixMultiply(key, query), seen;
        if (room is not { } joined)
        {
            seen = context.MatrixMultiply(value, context.SoftMax(own, Mask, scale));
        }
        else
        {
            // One soft max over all that is seen: the scores of each part are laid beside each other, and what it gives is taken apart again.
            long at = 0;
            foreach (PrefixPart part in prefix[number])
            {
                joined = context.Place(joined, context.MatrixMultiply(part.Keys, query), at);
                at += part.Length;
            }

            Tensor shares = context.SoftMax(context.Place(joined, own, at), Mask, scale);
            seen = context.MatrixMultiply(value, context.Slice(shares, at, Length));
            at = 0;
            foreach (PrefixPart part in prefix[number])
            {
                seen = context.Add(seen, context.MatrixMultiply(part.Values, context.Slice(shares, at, part.Length)));
                at += part.Length;
            }
        }

        Tensor mixed = context.Permute(seen, 0, 2, 1, 3);
        return context.MatrixMultiply(layer.Output, context.Reshape(mixed, (long)shape.Heads * shape.HeadSize, (long)Length * Rows));
    }

    private Tensor Split(Tensor heads, int count) => context.Reshape(heads, shape.HeadSize, count, Length, Rows);

    private Tensor Biased(Tensor x, Tensor? bias) => bias is { } values ? context.Add(x, values) : x;

    private Tensor Turn(Tensor weight, Tensor? bias, Tensor? norm, Tensor h, int heads)
    {
        Tensor flat = context.Reshape(Biased(context.MatrixMultiply(weight, h), bias), shape.HeadSize, heads, (long)Length * Rows);
        flat = norm is { } own ? Norm(flat, own) : flat;
        return context.Permute(Split(context.Rope(flat, Positions, shape.RopeBase, shape.TurnsHalves, ropeFactors), heads), 0, 2, 1, 3);
    }
}
