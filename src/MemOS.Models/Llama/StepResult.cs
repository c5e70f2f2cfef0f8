namespace MemOS.Models.Llama;

/// <summary>What a step found or made.</summary>
public sealed record StepResult
{
    /// <summary>Whether it could be done; false where the model can only forget whole sequences.</summary>
    public bool Done { get; init; } = true;

    /// <summary>The first position of the sequence afterwards, where the step tells; null for an empty one.</summary>
    public int? First { get; init; }

    /// <summary>The last position of the sequence afterwards, where the step tells.</summary>
    public int? Last { get; init; }

    /// <summary>Bytes of the state, of a saved or restored one.</summary>
    public long Bytes { get; init; }

    /// <summary>Rows of logits that the step gave.</summary>
    public int Rows { get; init; }

    /// <summary>How long it took in the host, in milliseconds.</summary>
    public double Milliseconds { get; init; }
}
