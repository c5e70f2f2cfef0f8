namespace MemOS.Models.Llama;

/// <summary>How a prefix is trained.</summary>
internal sealed record PrefixPlan
{
    /// <summary>Its positions.</summary>
    public required int Tokens { get; init; }

    /// <summary>Steps.</summary>
    public required int Steps { get; init; }

    /// <summary>The learning rate, which falls to nothing towards the end.</summary>
    public required float Rate { get; init; }

    /// <summary>Tokens of the model's own answers at most.</summary>
    public required int AnswerTokens { get; init; }

    /// <summary>Threads to compute with.</summary>
    public required int Threads { get; init; }
}
