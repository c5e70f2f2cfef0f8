namespace MemOS.Operator.Recall.Ranking;

/// <summary>The weights of <see cref="RankingModel"/>, in the order of <see cref="RankingFeature"/>. Written by <c>tools/MemOS.RankingTrainer</c>; do not edit.</summary>
internal static class RankingWeights
{
    /// <summary>The weight of each feature.</summary>
    public static ReadOnlySpan<float> Base =>
    [
        -0.2097f, // Words
        -0.5761f, // WordsAbsolute
        0.0456f, // RarestWord
        -0.1404f, // Coverage
        0.4981f, // CoverageWithBefore
        0.3429f, // CoverageAround
        -0.0450f, // WordsBefore
        -0.1171f, // WordsAfter
        0.5445f, // WordsTwoBefore
        0.0146f, // WordsTwoAfter
        0.4332f, // WordsAsked
        -0.2084f, // Session
        0.4843f, // Opens
        0.1214f, // Closes
        0.0978f, // BySpeaker
        0.2676f, // BySpeakerInSession
        0.1432f, // BySpeakerOfSelf
        -0.0505f, // ToSpeaker
        -0.1078f, // NamesSpeaker
        0.3155f, // TimeAsked
        0.0112f, // TimeUnasked
        0.4720f, // NameAsked
        0.1111f, // NumberAsked
        0.3703f, // DirectsAction
        0.0107f, // Directs
        -0.0497f, // OfSelf
        0.1300f, // OfSelfAsked
        0.0377f, // Inquires
        0.0005f, // Shows
        0.0257f, // Length
        -0.3974f, // ByMachine
    ];

    /// <summary>What is added to the weight in the longest texts.</summary>
    public static ReadOnlySpan<float> Long =>
    [
        0.1524f, // Words
        1.7658f, // WordsAbsolute
        0.5193f, // RarestWord
        -0.2376f, // Coverage
        -0.2723f, // CoverageWithBefore
        0.0878f, // CoverageAround
        -0.3140f, // WordsBefore
        0.0577f, // WordsAfter
        -0.3766f, // WordsTwoBefore
        0.3366f, // WordsTwoAfter
        -0.6460f, // WordsAsked
        -0.1562f, // Session
        -0.5005f, // Opens
        -0.0628f, // Closes
        0.0004f, // BySpeaker
        0.5833f, // BySpeakerInSession
        0.1359f, // BySpeakerOfSelf
        -0.2427f, // ToSpeaker
        -0.1537f, // NamesSpeaker
        0.0698f, // TimeAsked
        -0.0918f, // TimeUnasked
        -0.0927f, // NameAsked
        0.3243f, // NumberAsked
        -0.0177f, // DirectsAction
        0.0850f, // Directs
        -0.1739f, // OfSelf
        -0.4897f, // OfSelfAsked
        0.1441f, // Inquires
        -0.2866f, // Shows
        -0.0490f, // Length
        -0.3017f, // ByMachine
    ];
}
