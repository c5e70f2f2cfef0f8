using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Computes texts in a context of their own, whose layers are watched.</summary>
internal sealed class Observation(HostModel model, ObserveRequest request, HostJob job)
{
    public void Run()
    {
        ReadOnlySpan<int> tokens = MemoryMarshal.Cast<byte, int>(job.Payload);
        if (request.Texts.Count == 0 || request.Texts.Any(length => length < 2) || request.Texts.Sum() != tokens.Length || !model.Model.HasDecoder || model.Model.Layers < 2)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "What leaves the layers of a decoder is observed for at least one text of two tokens or more.");
        }

        using LayerOutputs layers = new();
        int longest = request.Texts.Max();
        using LlamaContext context = LlamaContext.Create(model.Model, new ContextSettings { Tokens = longest, Batch = longest, Threads = model.Threads }, model.Progress, layers);
        float[] means = new float[request.Texts.Count * (model.Model.Layers - 1) * model.Model.Width];
        Span<float> into = means;
        foreach (int length in request.Texts)
        {
            if (job.IsDropped)
            {
                throw new OperationCanceledException();
            }

            context.Clear();
            context.Decode(tokens[..length], 0, 0, Outputs.All);
            tokens = tokens[length..];
            for (int layer = 1; layer < model.Model.Layers; layer++, into = into[model.Model.Width..])
            {
                Mean(layers.Layers.GetValueOrDefault(layer) ?? throw new ModelException(ModelErrorCodes.ModelUnusable, $"The library does not tell what leaves layer {layer} of this kind of model."), length, into[..model.Model.Width]);
            }
        }

        job.Send(new DoneReply(), MemoryMarshal.AsBytes<float>(means).ToArray());
    }

    // Of all tokens but the first, whose stream is unlike all others whatever the text.
    private static void Mean(ReadOnlySpan<float> values, int tokens, Span<float> mean)
    {
        if (values.Length != tokens * mean.Length)
        {
            throw new ModelException(ModelErrorCodes.NativeFailure, "The library computed other tokens than were asked for.");
        }

        for (int token = 1; token < tokens; token++)
        {
            TensorPrimitives.MultiplyAdd(values.Slice(token * mean.Length, mean.Length), 1f / (tokens - 1), mean, mean);
        }
    }
}
