namespace MemOS.Operator.Recall.Ranking;

/// <summary>The weights of <see cref="RankingModel"/>, in the order of <see cref="RankingFeature"/>. Written by <c>tools/MemOS.RankingTrainer</c>; do not edit.</summary>
internal static class RankingWeights
{
    /// <summary>The weight of each feature.</summary>
    public static ReadOnlySpan<float> Base =>
    [
        -0.2120f, // Words
        -0.5449f, // WordsAbsolute
        0.0161f, // RarestWord
        -0.1814f, // Coverage
        0.4930f, // CoverageWithBefore
        0.3531f, // CoverageAround
        -0.0777f, // WordsBefore
        -0.1042f, // WordsAfter
        0.5028f, // WordsTwoBefore
        -0.0050f, // WordsTwoAfter
        0.4652f, // WordsAsked
        -0.1730f, // Session
        0.4654f, // Opens
        0.0662f, // Closes
        0.1049f, // BySpeaker
        0.2435f, // BySpeakerInSession
        0.1314f, // BySpeakerOfSelf
        -0.0564f, // ToSpeaker
        -0.1071f, // NamesSpeaker
        0.3934f, // TimeAsked
        0.0091f, // TimeUnasked
        0.4514f, // NameAsked
        0.1027f, // NumberAsked
        0.4025f, // DirectsAction
        0.0194f, // Directs
        -0.0630f, // OfSelf
        0.1796f, // OfSelfAsked
        0.0249f, // Inquires
        0.0007f, // Shows
        0.0385f, // Length
        -0.4049f, // ByMachine
    ];

    /// <summary>What is added to the weight in the longest texts.</summary>
    public static ReadOnlySpan<float> Long =>
    [
        0.1058f, // Words
        2.0535f, // WordsAbsolute
        0.5594f, // RarestWord
        -0.3183f, // Coverage
        -0.2569f, // CoverageWithBefore
        -0.0522f, // CoverageAround
        -0.3037f, // WordsBefore
        0.0605f, // WordsAfter
        -0.3004f, // WordsTwoBefore
        0.3432f, // WordsTwoAfter
        -0.5846f, // WordsAsked
        -0.1511f, // Session
        -0.5136f, // Opens
        -0.0455f, // Closes
        0.1147f, // BySpeaker
        0.5112f, // BySpeakerInSession
        0.2060f, // BySpeakerOfSelf
        -0.2255f, // ToSpeaker
        -0.1536f, // NamesSpeaker
        -0.0403f, // TimeAsked
        -0.0581f, // TimeUnasked
        -0.0319f, // NameAsked
        0.3810f, // NumberAsked
        -0.0303f, // DirectsAction
        0.0485f, // Directs
        -0.1353f, // OfSelf
        -0.4699f, // OfSelfAsked
        0.1256f, // Inquires
        -0.3189f, // Shows
        -0.0931f, // Length
        -0.3198f, // ByMachine
    ];
}
