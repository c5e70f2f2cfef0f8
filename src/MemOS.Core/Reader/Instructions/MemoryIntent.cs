namespace MemOS.Reader.Instructions;

/// <summary>What somebody who speaks about memories wants done with them.</summary>
public enum MemoryIntent
{
    /// <summary>Something new is said: it is kept.</summary>
    Supplement = 1,

    /// <summary>What is remembered is wrong, and this is how it is.</summary>
    Correct = 2,

    /// <summary>One value in what is remembered becomes another.</summary>
    Replace = 3,

    /// <summary>What is remembered is to go.</summary>
    Forget = 4,
}
