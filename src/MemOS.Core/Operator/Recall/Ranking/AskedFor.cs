namespace MemOS.Operator.Recall.Ranking;

/// <summary>What kind of answer a question wants.</summary>
[Flags]
internal enum AskedFor : byte
{
    /// <summary>Nothing that could be told.</summary>
    Anything = 0,

    /// <summary>A time.</summary>
    Time = 1,

    /// <summary>A place, a person, the name of something.</summary>
    Name = 2,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary>Something to be done or decided: what was laid down for such things applies.</summary>
    Action = 8,

    /// <summary>It is about the one who asks: "What did I say about …"</summary>
    OfSelf = 16,

    /// <summary>Several things, that were perhaps said at several times: "What sports does she do?"</summary>
    Several = 32,
}
