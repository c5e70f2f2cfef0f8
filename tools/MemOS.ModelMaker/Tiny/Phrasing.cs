namespace MemOS.ModelMaker.Tiny;

/// <summary>Which of the ways to state and to ask are used.</summary>
internal enum Phrasing
{
    /// <summary>The first way, which is the answer's.</summary>
    Plain,

    /// <summary>Any way that is trained.</summary>
    Trained,

    /// <summary>The way that is kept from training for this kind of fact, and trained for others.</summary>
    HeldOut,
}
