using MemOS.Cubes;

namespace MemOS.Tests.Vaults;

/// <summary>A version as <see cref="ModelMemory"/> knows it.</summary>
/// <param name="Text">Its text.</param>
/// <param name="State">Its state.</param>
/// <param name="Write">The number of the write that made it; 0 on a branch.</param>
internal sealed record ModelVersion(string Text, CubeState State, int Write);
