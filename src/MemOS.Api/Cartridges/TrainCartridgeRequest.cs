using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a cartridge: a state of few positions that the server's local model is trained with, to stand for the text of cubes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrainCartridgeRequest
{
    /// <summary>1 to 1,000 cubes with text, in the order in which they shall stand.</summary>
    public required IReadOnlyList<Guid> Cubes { get; init; }

    /// <summary>Its positions, 1 to as many as the text has tokens; a quarter of those when missing.</summary>
    public int? Tokens { get; init; }

    /// <summary>Questions about the text, at most 1,000, like those that will come; the model asks itself when there are none.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Questions that the model asks itself where none are given, 1 to 1,000; 64 when missing.</summary>
    public int? OwnQuestions { get; init; }

    /// <summary>Steps of training, 1 to 100,000; 200 when missing.</summary>
    public int? Steps { get; init; }

    /// <summary>The learning rate at the beginning, above 0; 0.05 when missing.</summary>
    public float? Rate { get; init; }

    /// <summary>Tokens of an answer at most, 1 to 1,024; 64 when missing.</summary>
    public int? AnswerTokens { get; init; }
}
