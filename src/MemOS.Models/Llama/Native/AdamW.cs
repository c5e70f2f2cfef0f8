namespace MemOS.Models.Llama.Native;

/// <summary>The memory of the AdamW optimizer for a set of parameters: first and second moments, and the count of steps.</summary>
internal sealed class AdamW : IDisposable
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.98f;

    private readonly TensorContext context;
    private readonly TensorBuffer buffer;
    private readonly Tensor hyperparameters;
    private int steps;

    /// <summary>Starts afresh for parameters whose memory exists.</summary>
    public AdamW(TensorBackend backend, IReadOnlyList<Tensor> parameters)
    {
        Parameters = parameters;
        context = new TensorContext((2 * parameters.Count) + 1);
        hyperparameters = context.Floats(7);
        Moments = [.. parameters.Select(parameter => (Like(parameter), Like(parameter)))];
        buffer = new TensorBuffer(context, backend);
        foreach ((Tensor first, Tensor second) in Moments)
        {
            first.Write<float>(new float[first.Count]);
            second.Write<float>(new float[second.Count]);
        }
    }

    public IReadOnlyList<Tensor> Parameters { get; }

    internal IReadOnlyList<(Tensor First, Tensor Second)> Moments { get; }

    internal Tensor Hyperparameters => hyperparameters;

    public void Dispose()
    {
        buffer.Dispose();
        context.Dispose();
    }

    /// <summary>Sets the learning rate of the step to come and counts it.</summary>
    internal void BeginStep(float rate, float weightDecay)
    {
        steps++;
        hyperparameters.Write<float>([rate, Beta1, Beta2, 1e-8f, weightDecay, 1 / (1 - MathF.Pow(Beta1, steps)), 1 / (1 - MathF.Pow(Beta2, steps))]);
    }

    private Tensor Like(Tensor tensor) => context.Floats(tensor.N0, tensor.N1, tensor.N2, tensor.N3);
}
