namespace MemOS.Reader.Documents;

/// <summary>What a <see cref="DocumentBlock"/> is, as far as splitting cares.</summary>
internal enum DocumentBlockKind
{
    /// <summary>Prose, which may be cut between sentences.</summary>
    Prose = 0,

    /// <summary>A code block, a list item or a table, which should stay whole.</summary>
    Whole = 1,

    /// <summary>A heading, which opens a section.</summary>
    Heading = 2,
}
