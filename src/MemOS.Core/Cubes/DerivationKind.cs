namespace MemOS.Cubes;

/// <summary>How a version of a cube depends on another cube.</summary>
public enum DerivationKind
{
    /// <summary>Read out of the other cube.</summary>
    ExtractedFrom = 1,

    /// <summary>The other cube is one of the parts of this fusion.</summary>
    FusedFrom = 2,

    /// <summary>This is a part of the other cube.</summary>
    SlicedFrom = 3,

    /// <summary>The other cube is a member of this composite.</summary>
    Composes = 4,

    /// <summary>This statement replaces the other one from its valid time on.</summary>
    Supersedes = 5,

    /// <summary>The other cube said the same and was merged into this one.</summary>
    Merged = 6,

    /// <summary>This version restores the named version.</summary>
    RollbackOf = 7,

    /// <summary>This version was merged back from a branch.</summary>
    BranchedFrom = 8,

    /// <summary>The cube was moved here from another vault.</summary>
    MigratedFrom = 9,

    /// <summary>This version restores what the fusion had joined.</summary>
    UnfusedFrom = 10,

    /// <summary>This payload was made from the other cube: a KV state or an adapter from its text, or back.</summary>
    TransformedFrom = 11,
}
