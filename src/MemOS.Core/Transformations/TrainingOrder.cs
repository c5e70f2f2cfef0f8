using MemOS.Cubes;
using MemOS.Scheduler;

namespace MemOS.Transformations;

/// <summary>A cartridge that was asked for and is not there yet.</summary>
/// <param name="Job">The job; dead where training was given up.</param>
/// <param name="Wish">The cube that holds what was asked, derived from the cubes whose text the cartridge is to stand for.</param>
/// <param name="Cartridge">The id that the cartridge will have.</param>
public sealed record TrainingOrder(VaultJob Job, MemCube Wish, CubeId Cartridge)
{
    /// <summary>The cubes whose text it is to stand for, in order.</summary>
    public IReadOnlyList<CubeId> Cubes => [.. Wish.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom).Select(edge => edge.Cube)];
}
