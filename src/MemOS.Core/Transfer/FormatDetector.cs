using System.Text.Json;
using System.Text.Unicode;
using MemOS.Transfer.Importers;

namespace MemOS.Transfer;

/// <summary>Tells what a file is from its beginning; the name only decides between kinds of plain text.</summary>
internal static class FormatDetector
{
    /// <summary>So many bytes from the beginning are looked at.</summary>
    public const int HeadLength = 1 << 20;

    private const int NamedLevels = 3;
    private const int MostNames = 4096;

    private const string Known =
        "It is not a LoCoMo conversation, not chat messages (\"role\" and \"content\", as JSON or JSON Lines), not the export of a vault or of another memory system, and not a .md or .txt document.";

    /// <summary>Tells the format.</summary>
    /// <param name="head">The beginning of the file, or all of it.</param>
    /// <param name="complete">Whether that is all of it.</param>
    /// <param name="path">The file, for its extension and for errors.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when nothing fits.</exception>
    public static ImportFormat Detect(ReadOnlySpan<byte> head, bool complete, string path)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        ReadOnlySpan<byte> content = head.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty)
        {
            throw TransferErrors.Invalid(path, "the file is empty.");
        }

        if (content.StartsWith("{\"kind\":\"vault\""u8))
        {
            return ImportFormat.VaultExport;
        }

        ImportFormat? byName = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" or ".markdown" => MarkdownMemoryReader.IsMemoryFile(path) ? ImportFormat.MarkdownMemory : ImportFormat.Markdown,
            ".txt" or ".text" or "" => ImportFormat.PlainText,
            ".jsonl" or ".ndjson" => ImportFormat.JsonLines,
            _ => null,
        };
        ImportFormat? found;
        try
        {
            found = content[0] is (byte)'{' or (byte)'[' ? FromJson(content, complete, byName is ImportFormat.JsonLines) : null;
        }
        catch (JsonException) when (byName is not null)
        {
            found = null; // text that only begins like JSON, or a bad first line
        }
        catch (JsonException exception) when (IsText(head, complete))
        {
            throw TransferErrors.NotJson(path, exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            found = null; // a name that is no text
        }

        // Of JSON Lines the reader says which line is no text.
        return (found ?? byName) is not { } format ? throw TransferErrors.Invalid(path, IsText(head, complete) ? Known : TransferErrors.NoText)
            : format is ImportFormat.JsonLines || IsText(head, complete) ? format
            : throw TransferErrors.Invalid(path, TransferErrors.NoText);
    }

    // A first value that goes on behind the head stands on a line of its own when that line does; of a list only a name can tell.
    private static ImportFormat? FromJson(ReadOnlySpan<byte> content, bool complete, bool isNamedLines)
    {
        Utf8JsonReader reader = new(content, complete, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        bool list = content[0] == '[';
        JsonShape shape = JsonShape.None;
        HashSet<string> names = [];
        bool ended = false;
        while (!ended && reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth <= NamedLevels && names.Count < MostNames)
            {
                names.Add(reader.GetString() ?? "");
            }

            ended = reader.CurrentDepth == 0 && reader.TokenType is (JsonTokenType.EndObject or JsonTokenType.EndArray);
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == (list ? 2 : 1))
            {
                shape |= Shape(reader.GetString());
            }
            else if (list && reader.TokenType is JsonTokenType.StartArray && reader.CurrentDepth == 1)
            {
                shape |= JsonShape.Conversation; // a list of bare lists of messages
            }
        }

        if (ForeignFormats.Recognise(names) is { } foreign)
        {
            return foreign;
        }

        bool more = ended && !content[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty;
        bool oneLine = !content[..(int)reader.BytesConsumed].Contains((byte)'\n');
        return Decide(shape, list, more || (!ended && oneLine && (!list || isNamedLines)), oneLine && ended);
    }

    private static ImportFormat? Decide(JsonShape shape, bool list, bool more, bool oneLine)
    {
        bool message = shape.HasFlag(JsonShape.Sender | JsonShape.Content);
        if (shape.HasFlag(JsonShape.Session) && !list)
        {
            return ImportFormat.LoCoMo;
        }

        if (more)
        {
            return message || list || shape.HasFlag(JsonShape.Conversation) ? ImportFormat.JsonLines : null;
        }

        return shape.HasFlag(JsonShape.Conversation) || (list && shape is JsonShape.None) ? ImportFormat.ChatJson
            : message ? list || !oneLine ? ImportFormat.ChatJson : ImportFormat.JsonLines
            : null;
    }

    private static JsonShape Shape(string? name) => name switch
    {
        "messages" => JsonShape.Conversation,
        "role" or "speaker" => JsonShape.Sender,
        "content" or "text" or "tool_calls" => JsonShape.Content,
        _ when LoCoMoReader.IsSession(name) => JsonShape.Session,
        _ => JsonShape.None,
    };

    private static bool IsText(ReadOnlySpan<byte> head, bool complete)
    {
        if (!complete)
        {
            // The cut may have gone through a character: leave out its first bytes.
            int end = head.Length;
            while (end > 0 && end > head.Length - 4 && (head[end - 1] & 0xC0) == 0x80)
            {
                end--;
            }

            head = head[..Math.Max(0, end - 1)];
        }

        return !head.Contains((byte)0) && Utf8.IsValid(head);
    }
}
