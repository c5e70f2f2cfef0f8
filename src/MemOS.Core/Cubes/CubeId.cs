using System.Diagnostics.CodeAnalysis;

namespace MemOS.Cubes;

/// <summary>Names a MemCube for ever: through every version, fusion, move between vaults, dump and load it stays the same.</summary>
/// <remarks>A UUID of version 7, so that ids sort by the time of creation. The default value names no cube.</remarks>
/// <param name="Value">The UUID.</param>
public readonly record struct CubeId(Guid Value) : IComparable<CubeId>
{
    /// <summary>Whether this is the default value, which names no cube.</summary>
    public bool IsDefault => Value == Guid.Empty;

    /// <summary>Makes a new id.</summary>
    /// <param name="clock">Where the time in the id comes from.</param>
    public static CubeId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new CubeId(Guid.CreateVersion7(clock.GetUtcNow()));
    }

    /// <summary>Reads the form that <see cref="ToString"/> writes; false for anything else, and for the empty UUID.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CubeId id)
    {
        bool parsed = Guid.TryParseExact(text, "D", out Guid value) && value != Guid.Empty;
        id = parsed ? new CubeId(value) : default;
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(CubeId other) => Value.CompareTo(other.Value);

    /// <summary>The UUID in its usual 36 characters, lower case.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Orders ids by time of creation.</summary>
    public static bool operator <(CubeId left, CubeId right) => left.CompareTo(right) < 0;

    /// <summary>Orders ids by time of creation.</summary>
    public static bool operator >(CubeId left, CubeId right) => left.CompareTo(right) > 0;

    /// <summary>Orders ids by time of creation.</summary>
    public static bool operator <=(CubeId left, CubeId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders ids by time of creation.</summary>
    public static bool operator >=(CubeId left, CubeId right) => left.CompareTo(right) >= 0;
}
