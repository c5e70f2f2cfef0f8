using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The decoder over a batch of one shape: forward, loss at chosen places, backward, step.</summary>
internal sealed class TinyGraph : IDisposable
{
    private const int Nodes = 8192;

    private readonly TensorContext context = new(Nodes, Nodes);
    private readonly TrainingGraph training;
    private readonly DecoderGraph decoder;
    private readonly Tensor labels;
    private readonly float[] labelValues;
    private readonly int vocabulary;

    public TinyGraph(DecoderWeights weights, TensorBackend backend, AdamW optimizer, int length, int rows, int chosen)
    {
        Chosen = chosen;
        vocabulary = weights.Shape.Vocabulary;
        labelValues = new float[chosen * vocabulary];
        decoder = new DecoderGraph(context, weights, length, rows, chosen, []);
        labels = context.Floats(vocabulary, chosen);
        training = new TrainingGraph(context, backend, context.CrossEntropyLoss(decoder.Logits, labels), optimizer, Nodes);
        decoder.Mask.Write<float>([.. Enumerable.Range(0, length * length).Select(cell => cell % length <= cell / length ? 0 : float.NegativeInfinity)]);
    }

    public int Chosen { get; }

    /// <summary>One step of training on the batch.</summary>
    /// <returns>The loss, and which of the batch's values were answered rightly before the step.</returns>
    public (float Loss, int Right, int Asked) Step(TinyBatch batch, float rate)
    {
        Array.Clear(labelValues);
        for (int place = 0; place < Chosen; place++)
        {
            labelValues[(place * vocabulary) + batch.Targets[place]] = 1;
        }

        decoder.Tokens.Write<int>(batch.Tokens);
        decoder.Positions.Write<int>(batch.Positions);
        decoder.Places.Write<int>(batch.Places);
        labels.Write<float>(labelValues);
        float loss = training.Step(rate, 0.01f);
        float[] values = new float[Chosen * vocabulary];
        decoder.Logits.Read<float>(values);
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
}
