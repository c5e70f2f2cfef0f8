namespace MemOS.Operator.Recall.Ranking;

/// <summary>The weights of <see cref="RankingModel"/>, in the order of <see cref="RankingFeature"/>. Written by <c>tools/MemOS.RankingTrainer</c>; do not edit.</summary>
internal static class RankingWeights
{
    /// <summary>The weight of each feature.</summary>
    public static ReadOnlySpan<float> Base =>
    [
        -0.1839f, // Words
        -0.4216f, // WordsAbsolute
        0.0301f, // RarestWord
        -0.1538f, // Coverage
        -0.4582f, // Likeness
        0.4860f, // CoverageWithBefore
        0.3497f, // CoverageAround
        0.3090f, // LikenessBefore
        -0.1208f, // WordsBefore
        -0.0939f, // WordsAfter
        0.5018f, // WordsTwoBefore
        -0.0026f, // WordsTwoAfter
        0.4364f, // WordsAsked
        -0.1700f, // Session
        0.4757f, // Opens
        0.0673f, // Closes
        0.1010f, // BySpeaker
        0.2413f, // BySpeakerInSession
        0.1288f, // BySpeakerOfSelf
        -0.0533f, // ToSpeaker
        -0.1005f, // NamesSpeaker
        0.3865f, // TimeAsked
        0.0073f, // TimeUnasked
        0.4486f, // NameAsked
        0.1068f, // NumberAsked
        0.3984f, // DirectsAction
        0.0185f, // Directs
        -0.0679f, // OfSelf
        0.1680f, // OfSelfAsked
        0.0254f, // Inquires
        -0.0012f, // Shows
        0.0231f, // Length
        -0.4065f, // ByMachine
    ];

    /// <summary>What is added to the weight in the longest texts.</summary>
    public static ReadOnlySpan<float> Long =>
    [
        0.0264f, // Words
        1.6631f, // WordsAbsolute
        0.5737f, // RarestWord
        -0.3793f, // Coverage
        1.3050f, // Likeness
        -0.2504f, // CoverageWithBefore
        -0.0268f, // CoverageAround
        -0.5160f, // LikenessBefore
        -0.2556f, // WordsBefore
        0.0314f, // WordsAfter
        -0.3058f, // WordsTwoBefore
        0.3319f, // WordsTwoAfter
        -0.5392f, // WordsAsked
        -0.1409f, // Session
        -0.5297f, // Opens
        -0.0435f, // Closes
        0.1100f, // BySpeaker
        0.4929f, // BySpeakerInSession
        0.2203f, // BySpeakerOfSelf
        -0.2365f, // ToSpeaker
        -0.1546f, // NamesSpeaker
        -0.0296f, // TimeAsked
        -0.0558f, // TimeUnasked
        -0.0200f, // NameAsked
        0.3639f, // NumberAsked
        -0.0199f, // DirectsAction
        0.0514f, // Directs
        -0.1447f, // OfSelf
        -0.4478f, // OfSelfAsked
        0.1307f, // Inquires
        -0.3346f, // Shows
        -0.1000f, // Length
        -0.3235f, // ByMachine
    ];
}
