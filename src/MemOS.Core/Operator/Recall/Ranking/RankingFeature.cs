namespace MemOS.Operator.Recall.Ranking;

/// <summary>What the second look asks of each of the best documents. Each is 0 to about 1; the order is that of <see cref="RankingWeights"/>.</summary>
/// <remarks>Vectors are left to their leg: what is learned here must hold for every embedder.</remarks>
internal enum RankingFeature
{
    /// <summary>BM25, the best document having 1.</summary>
    Words,

    /// <summary>BM25, a document with all of the question's words having about 1.</summary>
    WordsAbsolute,

    /// <summary>The rarity of the rarest shared word.</summary>
    RarestWord,

    /// <summary>The share of the question's words, rare ones weighing more.</summary>
    Coverage,

    /// <summary>The same of the turn together with the one before.</summary>
    CoverageWithBefore,

    /// <summary>The same with the one after, too.</summary>
    CoverageAround,

    /// <summary>BM25 of the turn before.</summary>
    WordsBefore,

    /// <summary>BM25 of the turn after.</summary>
    WordsAfter,

    /// <summary>BM25 of the turn two before.</summary>
    WordsTwoBefore,

    /// <summary>BM25 of the turn two after.</summary>
    WordsTwoAfter,

    /// <summary>BM25 of the turn before if it asks something.</summary>
    WordsAsked,

    /// <summary>BM25 of the session.</summary>
    Session,

    /// <summary>Is the first turn of its session.</summary>
    Opens,

    /// <summary>Is the last turn of its session.</summary>
    Closes,

    /// <summary>Is by the speaker whom the question names.</summary>
    BySpeaker,

    /// <summary>And its session answers the question.</summary>
    BySpeakerInSession,

    /// <summary>And it is about the speaker.</summary>
    BySpeakerOfSelf,

    /// <summary>Is by somebody else and about the one spoken to.</summary>
    ToSpeaker,

    /// <summary>Is by somebody else and names the speaker.</summary>
    NamesSpeaker,

    /// <summary>A time where the question asks for one.</summary>
    TimeAsked,

    /// <summary>A time where it does not.</summary>
    TimeUnasked,

    /// <summary>A name where the question asks for one.</summary>
    NameAsked,

    /// <summary>A number where the question asks for one.</summary>
    NumberAsked,

    /// <summary>Lays something down where the question is about what to do.</summary>
    DirectsAction,

    /// <summary>Lays something down.</summary>
    Directs,

    /// <summary>Speaks of its speaker, in a document that has some of the words.</summary>
    OfSelf,

    /// <summary>Speaks of its speaker where the question is about the one who asks.</summary>
    OfSelfAsked,

    /// <summary>Asks something itself.</summary>
    Inquires,

    /// <summary>Shows something, in a document that has some of the words.</summary>
    Shows,

    /// <summary>The number of words, up to 60 of them.</summary>
    Length,

    /// <summary>Was not said by a user but by an assistant or a tool.</summary>
    ByMachine,
}
