using MemOS.Models.Llama.Native;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The decoder over a batch of one shape: forward, loss at chosen places, backward, step.</summary>
internal sealed class TinyGraph : IDisposable
{
    private const int Nodes = 8192;
    public const float Epsilon = 1e-5f;
    public const float RopeBase = 1e7f;

    private readonly TinyWeights weights;
    private readonly TensorContext context = new(Nodes, Nodes);
    private readonly TrainingGraph training;
    private readonly Tensor tokens;
    private readonly Tensor positions;
    private readonly Tensor places;
    private readonly Tensor labels;
    private readonly Tensor logits;
    private readonly float[] labelValues;

    public TinyGraph(TinyWeights weights, TensorBackend backend, AdamW optimizer, int length, int rows, int chosen)
    {
        this.weights = weights;
        (Length, Rows, Chosen) = (length, rows, chosen);
        TinyShape shape = weights.Shape;
        labelValues = new float[chosen * shape.Vocabulary];
        tokens = context.Integers(length * rows);
        places = context.Integers(chosen);
        labels = context.Floats(shape.Vocabulary, chosen);
        positions = context.Integers(length * rows);
        Tensor mask = context.Floats(length, length);
        Tensor x = context.GetRows(weights.Embedding, tokens);
        foreach (TinyLayer layer in weights.Layers)
        {
            x = context.Add(x, Attention(layer, Norm(x, layer.AttentionNorm), mask));
            Tensor h = Norm(x, layer.FeedNorm);
            Tensor up = context.SwiGlu(context.MatrixMultiply(layer.Gate, h), context.MatrixMultiply(layer.Up, h));
            x = context.Add(x, context.MatrixMultiply(layer.Down, up));
        }

        // Only the places that are learned from go through the head, which is as large as a layer.
        logits = context.MatrixMultiply(weights.Embedding, context.GetRows(Norm(x, weights.Norm), places));
        training = new TrainingGraph(context, backend, context.CrossEntropyLoss(logits, labels), optimizer, Nodes);
        mask.Write<float>([.. Enumerable.Range(0, length * length).Select(cell => cell % length <= cell / length ? 0 : float.NegativeInfinity)]);
    }

    public int Length { get; }

    public int Rows { get; }

    public int Chosen { get; }

    /// <summary>One step of training on the batch.</summary>
    /// <returns>The loss, and which of the batch's values were answered rightly before the step.</returns>
    public (float Loss, int Right, int Asked) Step(TinyBatch batch, float rate)
    {
        int vocabulary = weights.Shape.Vocabulary;
        Array.Clear(labelValues);
        for (int place = 0; place < Chosen; place++)
        {
            labelValues[(place * vocabulary) + batch.Targets[place]] = 1;
        }

        tokens.Write<int>(batch.Tokens);
        positions.Write<int>(batch.Positions);
        places.Write<int>(batch.Places);
        labels.Write<float>(labelValues);
        float loss = training.Step(rate, 0.01f);
        float[] values = new float[Chosen * vocabulary];
        logits.Read<float>(values);
        int right = 0, asked = 0;
        for (int place = 0; place < Chosen; place++)
        {
            if (batch.IsValue[place])
            {
                asked++;
                right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values.AsSpan(place * vocabulary, vocabulary)) == batch.Targets[place] ? 1 : 0;
            }
        }

        return (loss, right, asked);
    }

    public void Dispose()
    {
        training.Dispose();
        context.Dispose();
    }

    private Tensor Norm(Tensor x, Tensor weight) => context.Multiply(context.RmsNorm(x, Epsilon), weight);

    private Tensor Attention(TinyLayer layer, Tensor h, Tensor mask)
    {
        TinyShape shape = weights.Shape;
        Tensor Split(Tensor heads) => context.Reshape(heads, shape.HeadSize, shape.Heads, Length, Rows);
        Tensor Turn(Tensor weight, Tensor bias) => context.Permute(Split(context.Rope(context.Reshape(context.Add(context.MatrixMultiply(weight, h), bias), shape.HeadSize, shape.Heads, (long)Length * Rows), positions, RopeBase)), 0, 2, 1, 3);

        Tensor query = Turn(layer.Query, layer.QueryBias), key = Turn(layer.Key, layer.KeyBias);
        Tensor value = context.Permute(Split(context.MatrixMultiply(layer.Value, h)), 1, 2, 0, 3);
        Tensor scores = context.SoftMax(context.MatrixMultiply(key, query), mask, 1 / MathF.Sqrt(shape.HeadSize));
        Tensor mixed = context.Permute(context.MatrixMultiply(value, scores), 0, 2, 1, 3);
        return context.MatrixMultiply(layer.Output, context.Reshape(mixed, shape.Width, (long)Length * Rows));
    }
}
