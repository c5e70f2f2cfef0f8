using System.Collections.Immutable;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Compares free metadata by keys and values, ordinally.</summary>
internal sealed class InfoComparer : IEqualityComparer<ImmutableSortedDictionary<string, string>>
{
    /// <summary>The only instance.</summary>
    public static InfoComparer Instance { get; } = new();

    private InfoComparer()
    {
    }

    /// <inheritdoc/>
    public bool Equals(ImmutableSortedDictionary<string, string>? x, ImmutableSortedDictionary<string, string>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && x.SequenceEqual(y));

    /// <inheritdoc/>
    public int GetHashCode(ImmutableSortedDictionary<string, string> obj)
    {
        var hash = new HashCode();
        foreach ((string key, string value) in obj)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
