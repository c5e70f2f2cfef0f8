namespace MemOS.Models.Llama;

/// <summary>How an answer is made.</summary>
internal sealed record GenerationRequest
{
    /// <summary>When to end at the latest.</summary>
    public required int MostTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>What the answer is steered by, or null. What the sequence holds already is not changed by it.</summary>
    public Steering? Steering { get; init; }

    /// <summary>The adapters that the prompt and the answer are computed with. What the sequence holds already is not changed by them.</summary>
    public IReadOnlyList<AdapterUse> Adapters { get; init; } = [];

    /// <summary>Texts that end the answer and are not part of it.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];
}
