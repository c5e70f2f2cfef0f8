using System.Collections.Immutable;
using MemOS.Operator.Recall.Ranking;

namespace MemOS.RankingTrainer;

/// <summary>Features that belong together, left out together to see what they are good for.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
internal readonly record struct FeatureGroup(string Name, RankingFeature First, RankingFeature Last)
{
    /// <summary>All groups.</summary>
    public static ImmutableArray<FeatureGroup> All { get; } =
    [
        new("own words", RankingFeature.Words, RankingFeature.Coverage),
        new("turns around", RankingFeature.CoverageWithBefore, RankingFeature.WordsAsked),
        new("session", RankingFeature.Session, RankingFeature.Closes),
        new("speaker", RankingFeature.BySpeaker, RankingFeature.NamesSpeaker),
        new("kind of answer", RankingFeature.TimeAsked, RankingFeature.NumberAsked),
        new("what was laid down", RankingFeature.DirectsAction, RankingFeature.Directs),
        new("wording and role", RankingFeature.OfSelf, RankingFeature.ByMachine),
    ];

    /// <summary>Whether a feature is one of them.</summary>
    public bool Has(RankingFeature feature) => feature >= First && feature <= Last;
}
