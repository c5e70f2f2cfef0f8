namespace MemOS.Api;

/// <summary>The parts of a score; they sum to it.</summary>
public sealed record ScoreRecord
{
    /// <summary>Words in common.</summary>
    public double Lexical { get; init; }

    /// <summary>Likeness of the embeddings.</summary>
    public double Vector { get; init; }

    /// <summary>Names that the question mentions.</summary>
    public double Entity { get; init; }

    /// <summary>Lying in the time that the question names.</summary>
    public double Time { get; init; }

    /// <summary>The turns around it.</summary>
    public double Neighbours { get; init; }

    /// <summary>The conversation around it.</summary>
    public double Conversation { get; init; }

    /// <summary>Taken off or added otherwise.</summary>
    public double Adjustment { get; init; }
}
