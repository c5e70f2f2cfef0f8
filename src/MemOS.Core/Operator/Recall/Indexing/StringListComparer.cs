namespace MemOS.Operator.Recall.Indexing;

/// <summary>Compares lists of strings element by element, ordinally.</summary>
internal sealed class StringListComparer : IEqualityComparer<string[]>
{
    /// <summary>The only instance.</summary>
    public static StringListComparer Instance { get; } = new();

    private StringListComparer()
    {
    }

    /// <inheritdoc/>
    public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(string[] obj)
    {
        var hash = new HashCode();
        foreach (string element in obj)
        {
            hash.Add(element, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
