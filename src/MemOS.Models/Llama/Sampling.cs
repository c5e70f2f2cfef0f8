namespace MemOS.Models.Llama;

/// <summary>How the next token is chosen.</summary>
internal sealed record Sampling
{
    /// <summary>0 takes the most likely token; above, unlikely ones get a chance.</summary>
    public float Temperature { get; init; }

    /// <summary>Only so many of the most likely tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the most likely tokens that make up this share; 1 for all.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Above 1, tokens of late become less likely.</summary>
    public float RepeatPenalty { get; init; } = 1;

    /// <summary>Above 0, tokens that came often become less likely.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Above 0, tokens that came at all become less likely.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Where chance starts; the same seed gives the same answer.</summary>
    public uint Seed { get; init; }

    /// <summary>A grammar in the library's notation that the answer keeps to, or null. Its start is <c>root</c>.</summary>
    public string? Grammar { get; init; }

    /// <summary>Throws where a value is out of range.</summary>
    public void Validate()
    {
        bool fine = Temperature >= 0 && TopK >= 0 && TopP is > 0 and <= 1 && RepeatPenalty > 0 && float.IsFinite(Temperature)
            && float.IsFinite(RepeatPenalty) && float.IsFinite(FrequencyPenalty) && float.IsFinite(PresencePenalty);
        if (!fine)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "Temperature and top-k are 0 or more, top-p is above 0 and at most 1, penalties are finite.");
        }
    }
}
