namespace MemOS.Evaluation.Merges;

/// <summary>What became of two statements.</summary>
public enum MergeOutcome
{
    /// <summary>Nothing joins them.</summary>
    Apart,

    /// <summary>One memory has both as its sources.</summary>
    Joined,

    /// <summary>The first no longer holds, because of the second.</summary>
    Replaced,
}
