namespace MemOS.Activation;

/// <summary>How a cartridge is trained.</summary>
public sealed record CartridgeOptions
{
    /// <summary>Its positions, 1 to as many as the text has tokens. Null, the default: a quarter of the text's.</summary>
    public int? Tokens { get; init; }

    /// <summary>
    /// What is asked about the text. The model answers with the whole text before it, and the cartridge learns to bring it to the same answers. Empty, the default: the
    /// model asks itself. A small model asks poorly; questions like those that will come make a better cartridge.
    /// </summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Questions that the model asks itself where none are given; 64 by default.</summary>
    public int OwnQuestions { get; init; } = 64;

    /// <summary>Steps of training; 200 by default.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>The learning rate at the beginning, falling to nothing; 0.05 by default.</summary>
    public float Rate { get; init; } = 0.05f;

    /// <summary>Tokens of an answer at most; 64 by default.</summary>
    public int AnswerTokens { get; init; } = 64;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    internal CartridgeOptions Checked() =>
        Tokens is null or >= 1 && Questions is not null && Questions.All(question => !string.IsNullOrWhiteSpace(question)) && OwnQuestions >= 1 && Steps >= 1 && Rate > 0 && float.IsFinite(Rate) && AnswerTokens >= 1
            ? this
            : throw new MemOSException(ErrorCodes.InvalidInput, "A cartridge has at least one position, is trained in at least one step at a rate above 0, and on questions that are not empty.");
}
