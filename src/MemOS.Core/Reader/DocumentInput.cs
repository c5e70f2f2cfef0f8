using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MemOS.Cubes;
using MemOS.Reader.Documents;

namespace MemOS.Reader;

/// <summary>A plain text or Markdown document to be remembered.</summary>
public sealed record DocumentInput
{
    private const int MaximumLength = 20_000_000;

    /// <summary>Its name: the conversation of its passages; 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The whole text, at most 20 million characters.</summary>
    public required string Text { get; init; }

    /// <summary>Tags of every passage.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Free metadata of every passage, or null.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }

    /// <summary>When it was written; null for now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether it is Markdown, so that headings, lists and code are kept together; plain text otherwise.</summary>
    public DocumentFormat Format { get; init; } = DocumentFormat.Markdown;

    /// <summary>
    /// The document as messages, a passage each: its text reaches from the passage to the next one, so that all of them together are the document verbatim.
    /// The id of a passage is the hash of its text, so that a document added again stores only what changed.
    /// </summary>
    internal Message[] ToMessages(DateTimeOffset now)
    {
        MessageRules.RequireName(Name, "name");
        if (Text.Length is 0 or > MaximumLength || string.IsNullOrWhiteSpace(Text))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"A document has 1 to {MaximumLength} characters, not {Text.Length}.");
        }

        IReadOnlyList<DocumentPassage> passages = DocumentSplitter.Split(Text, Format);
        Message[] messages = new Message[passages.Count];
        Dictionary<string, int> seen = [];
        for (int i = 0; i < messages.Length; i++)
        {
            int start = i == 0 ? 0 : passages[i].Start;
            int end = i + 1 < messages.Length ? passages[i + 1].Start : Text.Length;
            string text = Text[start..end];
            string hash = ContentHash.Of(Encoding.UTF8.GetBytes(text)).Value[..32];
            int repeated = seen[hash] = seen.GetValueOrDefault(hash) + 1;
            messages[i] = new Message
            {
                Id = repeated == 1 ? hash : string.Create(CultureInfo.InvariantCulture, $"{hash}-{repeated}"),
                Conversation = Name,
                Role = MessageRole.Document,
                Text = text,
                Time = Time ?? now,
                Tags = Tags,
                Info = Info,
            };
        }

        return messages;
    }
}
