namespace MemOS.Cubes;

/// <summary>One edge of the lineage graph: this version depends on that version of another cube (or of the same one).</summary>
/// <param name="Kind">How it depends.</param>
/// <param name="Cube">The other cube.</param>
/// <param name="Version">Its version, 1 or more.</param>
/// <param name="Note">More about it, for example the branch or vault it came from; never content.</param>
public readonly record struct Derivation(DerivationKind Kind, CubeId Cube, int Version, string? Note = null);
