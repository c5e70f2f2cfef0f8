namespace MemOS.Cubes;

/// <summary>How careful to be with a memory, from least to most.</summary>
public enum Sensitivity
{
    /// <summary>May be seen by anyone who may read the vault.</summary>
    Normal = 0,

    /// <summary>Personal: withheld from callers without clearance.</summary>
    Personal = 1,

    /// <summary>A secret such as a password or a key.</summary>
    Secret = 2,
}
