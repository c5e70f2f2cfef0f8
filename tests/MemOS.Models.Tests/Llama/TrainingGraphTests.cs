using MemOS.Models.Llama.Native;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Gradients and steps by ggml, through the binding: a matrix that is to tell three inputs apart.</summary>
public sealed class TrainingGraphTests
{
    private const int Classes = 3;

    [LlamaFact]
    public void Steps_make_the_loss_small()
    {
        List<float> losses = Train(share: 1, steps: 100, out _, out _);
        Assert.InRange(losses[0], 1.0, 1.2); // the logarithm of three: nothing is known
        Assert.True(losses[^1] < 0.05, $"The loss is still {losses[^1]}.");
    }

    [LlamaFact]
    public void The_first_step_moves_each_weight_by_the_learning_rate_and_a_share_of_it()
    {
        Train(share: 0.25f, steps: 1, out float[] before, out float[] after);
        Assert.All(before.Zip(after), pair => Assert.Equal(0.1 * 0.25, Math.Abs(pair.Second - pair.First), 1e-4));
    }

    [LlamaFact]
    public void A_share_of_nothing_leaves_weights_as_they_are()
    {
        Train(share: 0, steps: 5, out float[] before, out float[] after);
        Assert.Equal(before, after);
    }

    private static List<float> Train(float share, int steps, out float[] before, out float[] after)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        using TensorBackend backend = TensorBackend.CreateCpu(1);
        using TensorContext parameters = new(1);
        Tensor weights = parameters.Parameter(Classes, Classes);
        using TensorBuffer memory = new(parameters, backend);
        before = new float[Classes * Classes];
        weights.Write<float>(before);
        using AdamW optimizer = new(backend, [weights], _ => share);
        using TensorContext context = new(256, 256);
        Tensor inputs = context.Floats(Classes, Classes), labels = context.Floats(Classes, Classes);
        using TrainingGraph graph = new(context, backend, context.CrossEntropyLoss(context.MatrixMultiply(weights, inputs), labels), optimizer, 256);
        inputs.Write<float>([1, 0.5f, 0.5f, 0.5f, 1, 0.5f, 0.5f, 0.5f, 1]);
        labels.Write<float>([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        List<float> losses = [.. Enumerable.Range(0, steps).Select(_ => graph.Step(0.1f))];
        after = new float[Classes * Classes];
        weights.Read<float>(after);
        return losses;
    }
}
