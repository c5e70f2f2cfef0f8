using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>
/// Keys and values of a prefix as parameters: changed step by step until a model that sees the prefix says what the model says that has read the whole text (context
/// distillation; "Cartridges", arXiv 2506.06266). The model itself stays as it is. One thread at a time.
/// </summary>
internal sealed class PrefixTraining : IDisposable
{
    private readonly TensorContext parameterContext;
    private readonly TensorBuffer parameterBuffer;
    private readonly TensorContext context;
    private readonly List<PrefixPart> trained = [];
    private readonly List<IReadOnlyList<PrefixPart>> prefix = [];
    private readonly AdamW optimizer;
    private readonly DecoderGraph decoder;
    private readonly TrainingGraph training;
    private readonly Tensor labels;
    private readonly CachedPrefix start;
    private readonly DecoderShape shape;

    /// <summary>Lays it out.</summary>
    /// <param name="weights">The model; not trained.</param>
    /// <param name="backend">What computes. Owned by the caller, alive longer than this, as the weights are.</param>
    /// <param name="head">What stands in front of the prefix, and stays as it is; may be of length 0.</param>
    /// <param name="start">How the prefix begins.</param>
    /// <param name="length">Tokens of a step.</param>
    /// <param name="chosen">Places of a step that are learned from.</param>
    public PrefixTraining(DecoderWeights weights, TensorBackend backend, CachedPrefix head, CachedPrefix start, int length, int chosen)
    {
        (this.start, shape, Length, Chosen) = (start, weights.Shape, length, chosen);
        parameterContext = new TensorContext(shape.Layers * 4);
        List<(PrefixPart Part, float[] Keys, float[] Values)> begun = [];
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            List<PrefixPart> parts = [];
            if (head.Length > 0)
            {
                parts.Add(new PrefixPart(parameterContext.Floats(shape.HeadSize, head.Length, shape.CacheHeads), parameterContext.Floats(head.Length, shape.HeadSize, shape.CacheHeads)));
                begun.Add((parts[0], head.Keys[layer], head.Values[layer]));
            }

            PrefixPart part = new(parameterContext.Parameter(shape.HeadSize, start.Length, shape.CacheHeads), parameterContext.Parameter(start.Length, shape.HeadSize, shape.CacheHeads));
            begun.Add((part, start.Keys[layer], start.Values[layer]));
            trained.Add(part);
            prefix.Add([.. parts, part]);
        }

        parameterBuffer = new TensorBuffer(parameterContext, backend);
        foreach ((PrefixPart part, float[] keys, float[] values) in begun)
        {
            part.Keys.Write<float>(Laid(keys, part.Length, byPlace: false));
            part.Values.Write<float>(Laid(values, part.Length, byPlace: true));
        }

        optimizer = new AdamW(backend, [.. trained.SelectMany(part => (Tensor[])[part.Keys, part.Values])]);
        int nodes = 512 + (512 * shape.Layers);
        context = new TensorContext(nodes, nodes);
        decoder = new DecoderGraph(context, weights, length, 1, chosen, prefix);
        labels = context.Floats(shape.Vocabulary, chosen);
        training = new TrainingGraph(context, backend, context.CrossEntropyLoss(decoder.Logits, labels), optimizer, nodes);
        decoder.Begin();
    }

    /// <summary>Tokens of a step.</summary>
    public int Length { get; }

    /// <summary>Places of a step that are learned from.</summary>
    public int Chosen { get; }

    /// <summary>How many of some studies go into one step, the first ones; at least one fits.</summary>
    public int Fitting(IReadOnlyList<Study> studies)
    {
        int tokens = 0, places = 0, count = 0;
        while (count < studies.Count && (tokens += studies[count].Tokens.Length) <= Length && (places += studies[count].Labels.Count) <= Chosen)
        {
            count++;
        }

        return count;
    }

    /// <summary>One step on studies that fit.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="rate">The learning rate; 0 only computes.</param>
    /// <returns>How far what is said is from what is to be said, before the step: the mean divergence in nats.</returns>
    public double Step(IReadOnlyList<Study> studies, float rate)
    {
        int front = decoder.Front, first = start.First + start.Length, width = front + Length;
        int[] tokens = new int[Length], positions = new int[Length], places = new int[Chosen];
        float[] mask = new float[width * Length], wanted = new float[Chosen * shape.Vocabulary];
        Array.Fill(mask, float.NegativeInfinity);
        Array.Fill(positions, first);
        List<(int Place, NextToken Next)> learned = [];
        int at = 0;
        foreach (Study study in studies)
        {
            study.Tokens.CopyTo(tokens, at);
            for (int place = 0; place < study.Tokens.Length; place++)
            {
                positions[at + place] = first + place;
                mask.AsSpan(((at + place) * width) + front + at, place + 1).Clear();
            }

            learned.AddRange(study.Labels.Select((next, place) => (at + study.First + place, next)));
            at += study.Tokens.Length;
        }

        for (int place = 0; place < Length; place++)
        {
            mask.AsSpan(place * width, front).Clear();
            mask[(place * width) + front + place] = 0; // what fills the row up sees itself
        }

        double uncertain = 0;
        for (int i = 0; i < Chosen; i++)
        {
            (places[i], NextToken next) = learned[i % learned.Count]; // each place counts, so what is left over goes round once more
            uncertain += next.Entropy / Chosen;
            foreach ((int token, float share) in next.Tokens.Zip(next.Shares))
            {
                wanted[(i * shape.Vocabulary) + token] = share;
            }
        }

        decoder.Tokens.Write<int>(tokens);
        decoder.Positions.Write<int>(positions);
        decoder.Places.Write<int>(places);
        decoder.Mask.Write<float>(mask);
        labels.Write<float>(wanted);
        return training.Step(rate) - uncertain;
    }

    /// <summary>The logits of a place that was learned from in the last step, in the order of the studies.</summary>
    public float[] Logits(int learned)
    {
        float[] values = new float[(learned + 1) * shape.Vocabulary];
        decoder.Logits.Read<float>(values);
        return values[(learned * shape.Vocabulary)..];
    }

    /// <summary>The derivatives of the last step's loss by the keys and values of a layer.</summary>
    public (float[] Keys, float[] Values) Gradients(int layer) =>
        (Rows(training.Gradient(trained[layer].Keys), start.Length, byPlace: false), Rows(training.Gradient(trained[layer].Values), start.Length, byPlace: true));

    /// <summary>The prefix as it is now.</summary>
    public CachedPrefix Read()
    {
        return start with { Keys = [.. trained.Select(part => Taken(part.Keys, byPlace: false))], Values = [.. trained.Select(part => Taken(part.Values, byPlace: true))] };

        float[] Taken(Tensor tensor, bool byPlace)
        {
            float[] values = new float[tensor.Count];
            tensor.Read<float>(values);
            return Rows(values, start.Length, byPlace);
        }
    }

    public void Dispose()
    {
        training.Dispose();
        context.Dispose();
        optimizer.Dispose();
        parameterBuffer.Dispose();
        parameterContext.Dispose();
    }

    // From a row for each place, heads behind each other, to a matrix for each head: places by values, or values by places; and back.
    private float[] Laid(float[] rows, int length, bool byPlace) => Turned(rows, length, byPlace, back: false);

    private float[] Rows(float[] laid, int length, bool byPlace) => Turned(laid, length, byPlace, back: true);

    private float[] Turned(float[] source, int length, bool byPlace, bool back)
    {
        int size = shape.HeadSize, heads = shape.CacheHeads;
        float[] target = new float[source.Length];
        for (int place = 0; place < length; place++)
        {
            for (int head = 0; head < heads; head++)
            {
                for (int i = 0; i < size; i++)
                {
                    int row = (((place * heads) + head) * size) + i, laid = (head * length * size) + (byPlace ? (i * length) + place : (place * size) + i);
                    target[back ? row : laid] = source[back ? laid : row];
                }
            }
        }

        return target;
    }
}
