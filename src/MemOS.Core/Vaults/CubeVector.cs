namespace MemOS.Vaults;

/// <summary>The embedding of one version of a cube.</summary>
/// <param name="Space">The embedding space: model and dimension. Vectors of different spaces are never compared.</param>
/// <param name="Values">The vector, of unit length. Owned by this value; not to be changed.</param>
public sealed record CubeVector(string Space, ReadOnlyMemory<float> Values);
