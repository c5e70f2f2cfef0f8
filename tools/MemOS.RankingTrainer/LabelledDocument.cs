using System.Collections.Immutable;

namespace MemOS.RankingTrainer;

/// <summary>A document of a pool.</summary>
/// <param name="Score">What the legs gave it.</param>
/// <param name="Features">Its features, and all of them once more by the length of the text.</param>
/// <param name="Evidence">The messages of the evidence that it stands for.</param>
internal readonly record struct LabelledDocument(float Score, float[] Features, ImmutableArray<string> Evidence)
{
    /// <summary>Whether it is evidence.</summary>
    public bool IsEvidence => !Evidence.IsEmpty;
}
