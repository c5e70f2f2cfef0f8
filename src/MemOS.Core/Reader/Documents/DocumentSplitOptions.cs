namespace MemOS.Reader.Documents;

/// <summary>How large passages are. The defaults suit recall: big enough to stand alone, small enough to be about one thing.</summary>
public sealed record DocumentSplitOptions
{
    /// <summary>Below this many UTF-16 code units a passage takes in the next block of its section; 200 by default.</summary>
    public int MinimumLength { get; init; } = 200;

    /// <summary>The most UTF-16 code units of a passage; 1200 by default. A code block, list item or table may have four times as many.</summary>
    public int MaximumLength { get; init; } = 1200;

    /// <summary>How many times the maximum a block that should stay whole may be long before it is cut after all.</summary>
    internal const int WholeBlockFactor = 4;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumLength, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinimumLength, MaximumLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumLength, int.MaxValue / WholeBlockFactor);
    }
}
