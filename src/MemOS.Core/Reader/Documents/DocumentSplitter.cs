namespace MemOS.Reader.Documents;

/// <summary>
/// Splits a document into passages for memory. A heading opens a passage; blocks of one section are packed together up to the maximum;
/// long prose is cut between sentences; a code block, a list item or a table stays whole unless it alone is over four times the maximum.
/// </summary>
/// <remarks>
/// Passages come in the order of the source, do not overlap, and together hold every character of it that is not white space. A section
/// shorter than the minimum makes a short passage, as a passage never spans two headings. Stateless; safe for use from several threads.
/// Markdown that is nested too deeply to parse is read as plain text.
/// </remarks>
public static class DocumentSplitter
{
    /// <summary>Splits a document.</summary>
    /// <param name="source">The whole document.</param>
    /// <param name="format">Its markup.</param>
    /// <param name="options">Sizes; null for the defaults.</param>
    /// <returns>The passages; none for a blank document.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The options contradict each other.</exception>
    public static IReadOnlyList<DocumentPassage> Split(string source, DocumentFormat format, DocumentSplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new DocumentSplitOptions();
        options.Validate();
        if (string.IsNullOrWhiteSpace(source))
        {
            return [];
        }

        var blocks = format == DocumentFormat.Markdown ? MarkdownBlocks.TryFind(source) : null;
        blocks = blocks is { Count: > 0 } ? blocks : PlainTextBlocks.Find(source);
        var packer = new PassagePacker(source, options);
        foreach (var block in blocks)
        {
            packer.Add(block);
        }

        return packer.Finish();
    }
}
