namespace MemOS.Reader.Documents;

/// <summary>How the text of a document is marked up.</summary>
public enum DocumentFormat
{
    /// <summary>No markup; blank lines separate paragraphs.</summary>
    PlainText = 0,

    /// <summary>CommonMark with pipe tables.</summary>
    Markdown = 1,
}
