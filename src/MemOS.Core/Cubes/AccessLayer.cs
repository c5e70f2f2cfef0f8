namespace MemOS.Cubes;

/// <summary>How far a memory is shared, from the strictest to the widest (paper, MemOperator layers).</summary>
public enum AccessLayer
{
    /// <summary>Only the owner and those named.</summary>
    Private = 0,

    /// <summary>Everyone who may read the vault.</summary>
    Shared = 1,

    /// <summary>May also be published outside the vault.</summary>
    Global = 2,
}
