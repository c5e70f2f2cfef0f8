namespace MemOS.Operator.Recall.Indexing;

/// <summary>What the ranking asks of every document, in one byte.</summary>
[Flags]
internal enum DocumentFlags : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Replaced or removed.</summary>
    Dead = 1,

    /// <summary>In the state archived.</summary>
    Archived = 2,

    /// <summary>In the state expired.</summary>
    Expired = 4,

    /// <summary>Ends with a question.</summary>
    Asks = 8,

    /// <summary>Read out of a single message: folded into the episode of that message.</summary>
    Derived = 16,

    /// <summary>A statement whose validity ends: ranked lower once it is over.</summary>
    EndsBeingTrue = 32,

    /// <summary>Has an end of life.</summary>
    EndsLiving = 64,
}
