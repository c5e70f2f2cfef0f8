namespace MemOS.Cubes;

/// <summary>The six states of the life cycle: the union of the two lists that the paper gives (section on MemLifecycle).</summary>
public enum CubeState
{
    /// <summary>Just written.</summary>
    Generated = 1,

    /// <summary>Used by a later task.</summary>
    Activated = 2,

    /// <summary>Joined with others: repeated, extended, or fused.</summary>
    Merged = 3,

    /// <summary>Out of the way: not recalled unless asked for; can be restored.</summary>
    Archived = 4,

    /// <summary>Kept as it is: refuses every write, history stays readable.</summary>
    Frozen = 5,

    /// <summary>Its time is over: never recalled.</summary>
    Expired = 6,
}
