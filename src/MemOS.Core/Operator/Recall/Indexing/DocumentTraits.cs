namespace MemOS.Operator.Recall.Indexing;

/// <summary>What can be told from the wording of a text without understanding it: what kind of question it may answer.</summary>
[Flags]
internal enum DocumentTraits : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Says when: a date, a day, "last week".</summary>
    SaysWhen = 1,

    /// <summary>Has a number.</summary>
    Counts = 2,

    /// <summary>Has a name.</summary>
    Names = 4,

    /// <summary>The speaker speaks of himself: "I", "my", "we".</summary>
    OfSelf = 8,

    /// <summary>The speaker speaks of the one spoken to: "you", "your".</summary>
    OfOther = 16,

    /// <summary>Asks something somewhere.</summary>
    Inquires = 32,

    /// <summary>Shows something with a caption.</summary>
    Shows = 64,

    /// <summary>Lays down how things are to be: "always", "never", "must", "prefer".</summary>
    Directs = 128,
}
