namespace MemOS.Operator.Recall.Ranking;

/// <summary>The second look at the best documents: a weighted sum of their <see cref="RankingFeature"/>s, added to the score of the legs.</summary>
/// <remarks>Long texts need their surroundings less than short ones do, so that each feature has a second weight that grows with the length of the text.</remarks>
internal static class RankingModel
{
    /// <summary>What a feature adds.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="features">All features of the document.</param>
    public static float Gain(int feature, ReadOnlySpan<float> features) =>
        features[feature] * (RankingWeights.Base[feature] + (RankingWeights.Long[feature] * features[(int)RankingFeature.Length]));

    /// <summary>What all features add together.</summary>
    public static float Gain(ReadOnlySpan<float> features)
    {
        float sum = 0;
        float inLong = 0;
        for (int i = 0; i < PoolFeatures.Count; i++)
        {
            sum += features[i] * RankingWeights.Base[i];
            inLong += features[i] * RankingWeights.Long[i];
        }

        return sum + (inLong * features[(int)RankingFeature.Length]);
    }

    /// <summary>Adds what the features add to the parts of the score that they belong to.</summary>
    /// <param name="breakdown">The score of the legs.</param>
    /// <param name="features">The features.</param>
    /// <param name="weight">How much the second look weighs.</param>
    public static ScoreBreakdown AddTo(ScoreBreakdown breakdown, ReadOnlySpan<float> features, float weight)
    {
        for (int i = 0; i < PoolFeatures.Count; i++)
        {
            double gain = weight * Gain(i, features);
            breakdown = gain == 0 ? breakdown : (RankingFeature)i switch
            {
                <= RankingFeature.Coverage => breakdown with { Lexical = breakdown.Lexical + gain },
                <= RankingFeature.WordsAsked => breakdown with { Neighbours = breakdown.Neighbours + gain },
                <= RankingFeature.Closes => breakdown with { Conversation = breakdown.Conversation + gain },
                <= RankingFeature.NamesSpeaker => breakdown with { Entity = breakdown.Entity + gain },
                <= RankingFeature.TimeUnasked => breakdown with { Time = breakdown.Time + gain },
                _ => breakdown with { Adjustment = breakdown.Adjustment + gain },
            };
        }

        return breakdown;
    }
}
