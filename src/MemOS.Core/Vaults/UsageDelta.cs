using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>Uses of a cube since the last time they were counted.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="Uses">How many, 1 or more.</param>
/// <param name="LastUsed">The last of them.</param>
/// <param name="HalfLife">The time in which the cube's heat halves.</param>
public readonly record struct UsageDelta(CubeId Cube, int Uses, DateTimeOffset LastUsed, TimeSpan HalfLife);
