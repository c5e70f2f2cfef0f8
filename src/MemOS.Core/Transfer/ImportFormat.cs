namespace MemOS.Transfer;

/// <summary>The kinds of file that <see cref="MemLoader"/> reads.</summary>
public enum ImportFormat
{
    /// <summary>One LoCoMo conversation (arXiv 2402.17753): sessions of turns with ids.</summary>
    LoCoMo = 1,

    /// <summary>Chat messages as OpenAI-style JSON: a conversation, a list of messages, or a list of conversations.</summary>
    ChatJson = 2,

    /// <summary>JSON Lines: a message or a conversation on each line.</summary>
    JsonLines = 3,

    /// <summary>A Markdown document.</summary>
    Markdown = 4,

    /// <summary>A plain text document.</summary>
    PlainText = 5,

    /// <summary>A vault or some of its cubes, as <see cref="VaultExporter"/> writes them.</summary>
    VaultExport = 6,
}
