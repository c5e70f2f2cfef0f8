namespace MemOS.Operator.Corrections.Editing;

/// <summary>What a model wants done with a memory.</summary>
internal enum EditKind
{
    /// <summary>A new text holds instead.</summary>
    Replace = 1,

    /// <summary>A text holds too.</summary>
    Supplement = 2,

    /// <summary>It goes to the archive.</summary>
    Forget = 3,
}
