namespace MemOS.Text;

/// <summary>Takes the terms of a text as <see cref="TextAnalyzer"/> finds them. Implement it as a struct, so that the call is direct.</summary>
internal interface ITermSink
{
    /// <summary>Takes one term.</summary>
    /// <param name="term">The term; valid only during the call.</param>
    void Add(scoped ReadOnlySpan<char> term);
}
