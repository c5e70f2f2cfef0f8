namespace MemOS.Evaluation.Merges;

/// <summary>What should become of two statements.</summary>
public enum MergeExpectation
{
    /// <summary>They say the same: one memory.</summary>
    Same,

    /// <summary>The second replaces the first.</summary>
    Update,

    /// <summary>The second says that the first no longer holds.</summary>
    Ends,

    /// <summary>Both stand.</summary>
    Apart,

    /// <summary>They must not become one memory; whether the second replaces the first is a matter of opinion.</summary>
    Differ,
}
