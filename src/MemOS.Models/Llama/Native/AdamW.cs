namespace MemOS.Models.Llama.Native;

/// <summary>The memory of the AdamW optimizer for a set of parameters: first and second moments, and the count of steps.</summary>
internal sealed class AdamW : IDisposable
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.98f;

    private readonly TensorContext context;
    private readonly TensorBuffer buffer;
    private readonly float[] shares;
    private int steps;

    /// <summary>Starts afresh for parameters whose memory exists.</summary>
    /// <param name="backend">What computes. Owned by the caller, alive longer than this.</param>
    /// <param name="parameters">What is changed.</param>
    /// <param name="share">Which share of the learning rate a parameter gets, by its place among them; all of it by default.</param>
    public AdamW(TensorBackend backend, IReadOnlyList<Tensor> parameters, Func<int, float>? share = null)
    {
        Parameters = parameters;
        shares = [.. Enumerable.Range(0, parameters.Count).Select(share ?? (_ => 1))];
        context = new TensorContext(3 * parameters.Count);
        Hyperparameters = [.. parameters.Select(_ => context.Floats(7))];
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

    internal IReadOnlyList<Tensor> Hyperparameters { get; }

    public void Dispose()
    {
        buffer.Dispose();
        context.Dispose();
    }

    /// <summary>Sets the learning rate of the step to come and counts it.</summary>
    internal void BeginStep(float rate, float weightDecay)
    {
        steps++;
        for (int parameter = 0; parameter < shares.Length; parameter++)
        {
            Hyperparameters[parameter].Write<float>([rate * shares[parameter], Beta1, Beta2, 1e-8f, weightDecay, 1 / (1 - MathF.Pow(Beta1, steps)), 1 / (1 - MathF.Pow(Beta2, steps))]);
        }
    }

    private Tensor Like(Tensor tensor) => context.Floats(tensor.N0, tensor.N1, tensor.N2, tensor.N3);
}
