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

    /// <summary><c>conversations.json</c> of a ChatGPT data export.</summary>
    ChatGpt = 7,

    /// <summary><c>conversations.json</c> or <c>memories.json</c> of a Claude data export.</summary>
    Claude = 8,

    /// <summary>Memories of mem0.</summary>
    Mem0 = 9,

    /// <summary>The graph of Zep or Graphiti: facts, entities, episodes.</summary>
    Graphiti = 10,

    /// <summary>An agent file of Letta.</summary>
    Letta = 11,

    /// <summary>Items of a LangGraph store, as LangMem writes them.</summary>
    LangMem = 12,

    /// <summary><c>textual_memory.json</c> of the MemOS reference implementation.</summary>
    MemOSDump = 13,

    /// <summary>A memory file of a coding agent: MEMORY.md, CLAUDE.md, AGENTS.md.</summary>
    MarkdownMemory = 14,
}
