namespace MemOS.Text;

/// <summary>Collects terms as strings.</summary>
internal readonly struct TermListSink(List<string> terms) : ITermSink
{
    /// <inheritdoc/>
    public void Add(scoped ReadOnlySpan<char> term) => terms.Add(term.ToString());
}
