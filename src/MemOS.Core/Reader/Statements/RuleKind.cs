namespace MemOS.Reader.Statements;

/// <summary>What a rule makes of its match.</summary>
internal enum RuleKind
{
    /// <summary>A fact that has one value at a time.</summary>
    SingleFact,

    /// <summary>A fact that may have several values at once.</summary>
    Fact,

    /// <summary>A liking.</summary>
    Like,

    /// <summary>A dislike.</summary>
    Dislike,

    /// <summary>An instruction that holds from now on.</summary>
    Instruction,

    /// <summary>Something done.</summary>
    PastEvent,

    /// <summary>Something planned.</summary>
    FutureEvent,

    /// <summary>An attribute of something of the speaker's: what follows "my".</summary>
    Possessive,

    /// <summary>The time of an appointment: what follows "the" or "our".</summary>
    Schedule,
}
