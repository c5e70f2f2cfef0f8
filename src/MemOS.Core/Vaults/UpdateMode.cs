namespace MemOS.Vaults;

/// <summary>How new content meets the old (paper, Memory API).</summary>
public enum UpdateMode
{
    /// <summary>The new text replaces the old one.</summary>
    Overwrite = 0,

    /// <summary>The new text follows the old one on a line of its own.</summary>
    Append = 1,

    /// <summary>Lines of the new text that the old one does not have are added; the state becomes Merged.</summary>
    Merge = 2,
}
