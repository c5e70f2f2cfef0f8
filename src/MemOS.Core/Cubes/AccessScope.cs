using System.Collections.Immutable;

namespace MemOS.Cubes;

/// <summary>Who may read and write a cube.</summary>
/// <remarks>
/// An empty list of a <see cref="AccessLayer.Private"/> cube means nobody but the owner of the vault; for the wider layers it means no further
/// restriction. Names are those of callers and roles, compared ordinally.
/// </remarks>
public sealed record AccessScope
{
    /// <summary>How far the cube is shared. Shared with the whole vault by default.</summary>
    public AccessLayer Layer { get; init; } = AccessLayer.Shared;

    /// <summary>The callers and roles that may read it, sorted.</summary>
    public ImmutableSortedSet<string> Readers { get; init; } = [];

    /// <summary>The callers and roles that may change it, sorted.</summary>
    public ImmutableSortedSet<string> Writers { get; init; } = [];

    /// <summary>Shared with the whole vault.</summary>
    public static AccessScope Default { get; } = new();

    /// <summary>Compares the lists by their elements.</summary>
    public bool Equals(AccessScope? other) =>
        other is not null && Layer == other.Layer && Readers.SetEquals(other.Readers) && Writers.SetEquals(other.Writers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layer, Readers.Count, Writers.Count);
}
