namespace MemOS.Models.Llama.Native;

/// <summary>A graph that computes a loss, its gradients and one step of <see cref="AdamW"/> for every parameter. One thread at a time.</summary>
internal sealed unsafe class TrainingGraph : IDisposable
{
    private const int Stopped = 1;

    private readonly TensorBackend backend;
    private readonly AdamW optimizer;
    private readonly TensorBuffer buffer;
    private readonly Tensor loss;
    private readonly nint graph;

    /// <summary>Completes the graph and makes the memory of its context.</summary>
    /// <param name="context">Where <paramref name="loss"/> was made, with room for a graph of <paramref name="nodes"/>. Owned by the caller, alive longer than this.</param>
    /// <param name="backend">What computes. Owned by the caller, alive longer than this.</param>
    /// <param name="loss">What is made small; it depends on every parameter of the optimizer.</param>
    /// <param name="optimizer">What changes the parameters. Owned by the caller, shared by graphs of different shapes.</param>
    /// <param name="nodes">Size of the graph.</param>
    public TrainingGraph(TensorContext context, TensorBackend backend, Tensor loss, AdamW optimizer, int nodes)
    {
        this.backend = backend;
        this.optimizer = optimizer;
        this.loss = loss;
        graph = TensorNative.NewGraph(context, (nuint)nodes, gradients: true);
        TensorNative.BuildForward(graph, loss.Pointer);
        TensorNative.BuildBackward(context, graph, null);
        foreach ((Tensor parameter, (Tensor first, Tensor second), Tensor hyperparameters) in optimizer.Parameters.Zip(optimizer.Moments, optimizer.Hyperparameters))
        {
            nint gradient = TensorNative.GradientOf(graph, parameter.Pointer);
            Tensor.Require(gradient != 0, "The loss depends on every parameter.");
            TensorNative.BuildForward(graph, TensorNative.AdamWStep(context, parameter.Pointer, gradient, first.Pointer, second.Pointer, hyperparameters.Pointer));
        }

        buffer = new TensorBuffer(context, backend);
        float one = 1; // the derivative of the loss by itself; nothing in the graph sets it
        BackendNative.Set(TensorNative.GradientOf(graph, loss.Pointer), &one, 0, sizeof(float));
    }

    /// <summary>One step on the inputs that were written before.</summary>
    /// <returns>The loss before the step.</returns>
    public float Step(float rate, float weightDecay = 0)
    {
        optimizer.BeginStep(rate, weightDecay);
        int status = BackendNative.Compute(backend, graph);
        if (status != 0)
        {
            throw status == Stopped ? new OperationCanceledException("The training was stopped.") : new ModelException(ModelErrorCodes.NativeFailure, "The graph could not be computed.");
        }

        Span<float> value = stackalloc float[1];
        loss.Read(value);
        return value[0];
    }

    /// <summary>The derivative of the loss by a parameter, at the last step.</summary>
    public float[] Gradient(Tensor parameter)
    {
        float[] values = new float[parameter.Count];
        new Tensor(TensorNative.GradientOf(graph, parameter.Pointer), parameter.N0, parameter.N1, parameter.N2, parameter.N3).Read<float>(values);
        return values;
    }

    public void Dispose() => buffer.Dispose();
}
