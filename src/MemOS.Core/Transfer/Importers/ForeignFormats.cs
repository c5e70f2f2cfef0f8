using System.Text.Json;

namespace MemOS.Transfer.Importers;

/// <summary>The files of other systems that are read: which is which, and who reads it.</summary>
internal static class ForeignFormats
{
    /// <summary>Tells the format from the names in the first levels of a JSON file; null when it is none of these.</summary>
    public static ImportFormat? Recognise(IReadOnlySet<string> names)
    {
        if (names.Contains("mapping") && (names.Contains("current_node") || names.Contains("create_time")))
        {
            return ImportFormat.ChatGpt;
        }

        if (names.Contains("chat_messages") || names.Contains("conversations_memory"))
        {
            return ImportFormat.Claude;
        }

        if ((names.Contains("agents") && names.Contains("blocks")) || (names.Contains("agent_type") && names.Contains("core_memory")))
        {
            return ImportFormat.Letta;
        }

        if (names.Contains("fact") && (names.Contains("source_node_uuid") || names.Contains("valid_at") || names.Contains("invalid_at")))
        {
            return ImportFormat.Graphiti;
        }

        if (names.Contains("namespace") && names.Contains("key") && names.Contains("value"))
        {
            return ImportFormat.LangMem;
        }

        if (!names.Contains("memory"))
        {
            return null;
        }

        return names.Contains("hash") || names.Contains("categories") || names.Contains("user_id") || names.Contains("agent_id") || names.Contains("run_id") ? ImportFormat.Mem0
            : names.Contains("metadata") ? ImportFormat.MemOSDump
            : null;
    }

    /// <summary>The name of the other system in the provenance; null when the format is our own.</summary>
    public static string? SystemOf(ImportFormat format) => format switch
    {
        ImportFormat.ChatGpt => "chatgpt",
        ImportFormat.Claude => "claude",
        ImportFormat.Letta => "letta",
        ImportFormat.Graphiti => "graphiti",
        ImportFormat.LangMem => "langmem",
        ImportFormat.Mem0 => "mem0",
        ImportFormat.MemOSDump => "memos",
        ImportFormat.MarkdownMemory => "markdown",
        _ => null,
    };

    /// <summary>Reads one value of the file: all of it, or an element of the list that it is.</summary>
    public static IEnumerable<ImportItem> Read(ImportFormat format, JsonElement value, ForeignFile file) => format switch
    {
        ImportFormat.ChatGpt => ChatGptReader.Read(value, file),
        ImportFormat.Claude => ClaudeReader.Read(value, file),
        ImportFormat.Letta => LettaReader.Read(value, file),
        ImportFormat.Graphiti => GraphitiReader.Read(value, file),
        ImportFormat.LangMem => LangMemReader.Read(value, file),
        ImportFormat.Mem0 => Mem0Reader.Read(value, file),
        ImportFormat.MemOSDump => MemOSDumpReader.Read(value, file),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This is no format of another system."),
    };
}
