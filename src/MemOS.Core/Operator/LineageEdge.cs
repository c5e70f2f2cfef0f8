using MemOS.Cubes;

namespace MemOS.Operator;

/// <summary>One dependency between two cubes.</summary>
/// <param name="From">The cube that depends.</param>
/// <param name="Kind">How.</param>
/// <param name="To">The cube that it depends on.</param>
/// <param name="Version">The version of <paramref name="To"/>.</param>
public readonly record struct LineageEdge(CubeId From, DerivationKind Kind, CubeId To, int Version);
