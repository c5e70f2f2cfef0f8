namespace MemOS.Models.Llama;

/// <summary>How an answer is made.</summary>
internal sealed record GenerationRequest
{
    /// <summary>When to end at the latest.</summary>
    public required int MostTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>Texts that end the answer and are not part of it.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];
}
