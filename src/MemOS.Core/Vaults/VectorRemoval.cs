namespace MemOS.Vaults;

/// <summary>Vectors to be removed because their embedding space is no longer used.</summary>
/// <param name="Space">The space.</param>
/// <param name="AtMost">How many to remove; 1 or more.</param>
public sealed record VectorRemoval(string Space, int AtMost);
