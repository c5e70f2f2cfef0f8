namespace MemOS;

/// <summary>What opening does about a vault that does not exist.</summary>
internal enum OpeningMode
{
    /// <summary>It must exist.</summary>
    Existing = 0,

    /// <summary>It is made when missing.</summary>
    OrCreate = 1,

    /// <summary>It must not exist.</summary>
    New = 2,
}
