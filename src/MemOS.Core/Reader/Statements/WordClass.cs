namespace MemOS.Reader.Statements;

/// <summary>What a word can be to the rules; several at once.</summary>
[Flags]
internal enum WordClass
{
    None = 0,

    /// <summary>Makes the whole sentence unsure: if, would, maybe.</summary>
    Unsure = 1 << 0,

    /// <summary>Reports what somebody else said.</summary>
    Reported = 1 << 1,

    /// <summary>Changes nothing that a rule asks for: now, still, really.</summary>
    Adverb = 1 << 2,

    /// <summary>May stand before a statement: well, yes, and.</summary>
    Opener = 1 << 3,

    /// <summary>Begins a new clause when a first person follows.</summary>
    Join = 1 << 4,

    /// <summary>The first person: I, I'm, my, we.</summary>
    Person = 1 << 5,

    /// <summary>Denies.</summary>
    Negation = 1 << 6,

    /// <summary>The past form of a verb of action.</summary>
    Past = 1 << 7,

    /// <summary>Ends like a past form or a participle, but tells of no action.</summary>
    NoAction = 1 << 8,

    /// <summary>A verb whose present form tells of a plan.</summary>
    Plan = 1 << 9,

    /// <summary>Begins an object that only the moment explains: it, that, your.</summary>
    MomentObject = 1 << 10,

    /// <summary>A verb that makes "I like to ..." a manner of speaking.</summary>
    Phrase = 1 << 11,

    /// <summary>A thing in general after "the": the sea, the rain.</summary>
    General = 1 << 12,

    /// <summary>The last word of an occupation.</summary>
    Occupation = 1 << 13,

    /// <summary>A pet, child or sibling: one may have several.</summary>
    Several = 1 << 14,

    /// <summary>May follow a complete value.</summary>
    Follower = 1 << 15,

    /// <summary>Joins the parts of a name: of, de.</summary>
    NameLink = 1 << 16,

    /// <summary>What one has a favourite of, with a value in small letters: colour, food.</summary>
    Category = 1 << 17,

    /// <summary>Cannot begin the value of a favourite.</summary>
    NoValue = 1 << 18,

    /// <summary>Capitalised, but no name of a place or company.</summary>
    NoName = 1 << 19,

    /// <summary>Something that is played.</summary>
    Played = 1 << 20,

    /// <summary>An appointment whose time may change: deadline, meeting.</summary>
    Schedule = 1 << 21,

    /// <summary>An attribute with a value in figures or few words: budget, height.</summary>
    Attribute = 1 << 22,

    /// <summary>A verb of a standing instruction: always use, never call.</summary>
    Instruction = 1 << 23,

    /// <summary>Points at something near: this, here, following.</summary>
    Pointing = 1 << 24,

    /// <summary>Liked only as a reaction to what somebody just said or showed.</summary>
    Reaction = 1 << 25,

    /// <summary>Preferred only among things that were just shown: the first one, the other version.</summary>
    Choice = 1 << 26,
}
