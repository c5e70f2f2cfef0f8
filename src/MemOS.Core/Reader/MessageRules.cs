using System.Collections.Immutable;

namespace MemOS.Reader;

/// <summary>What a message must fulfil before it is stored.</summary>
public static class MessageRules
{
    /// <summary>The longest text of one message, in UTF-16 characters.</summary>
    public const int MaximumTextLength = 1_000_000;

    /// <summary>The longest id, conversation, speaker or tag, in UTF-16 characters.</summary>
    public const int MaximumNameLength = 200;

    /// <summary>The most messages in one call.</summary>
    public const int MaximumMessages = 10_000;

    /// <summary>The most tags, metadata keys, attachments or tool calls of one message.</summary>
    public const int MaximumItems = 100;

    private static readonly DateTimeOffset Earliest = new(1, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9999, 12, 29, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Refuses a message that cannot be stored as it is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="index">Its place in the call, for the error's text.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, naming the field.</exception>
    public static void Require(Message message, int index)
    {
        ArgumentNullException.ThrowIfNull(message);
        RequireText(message.Text, new Field(index, "text"));
        RequireText(message.ContextText, new Field(index, "context_text"));
        RequireName(message.Id, new Field(index, "id"));
        RequireName(message.Conversation, new Field(index, "conversation"));
        RequireName(message.Speaker, new Field(index, "speaker"));
        if (message.Time < Earliest || message.Time > Latest)
        {
            RequireTime(message.Time, new Field(index, "time").ToString());
        }

        RequireItems(message.Tags.Length, new Field(index, "tags"));
        RequireItems(message.Attachments.Length, new Field(index, "attachments"));
        RequireItems(message.ToolCalls.Length, new Field(index, "tool_calls"));
        RequireItems(message.Info?.Count ?? 0, new Field(index, "info"));
        foreach (string tag in message.Tags)
        {
            RequireName(tag, new Field(index, "tags"));
        }

        foreach (MessageAttachment attachment in message.Attachments)
        {
            RequireText(attachment.Reference, new Field(index, "attachments.reference"));
            RequireText(attachment.Caption, new Field(index, "attachments.caption"));
        }

        foreach (ToolCall call in message.ToolCalls)
        {
            RequireName(call.Name, new Field(index, "tool_calls.name"));
            RequireText(call.Arguments, new Field(index, "tool_calls.arguments"));
        }

        foreach ((string key, string value) in message.Info ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            RequireName(key, new Field(index, "info"));
            RequireText(value, new Field(index, "info", key));
        }

        if (message.Text.AsSpan().Trim().IsEmpty && message.Attachments.IsEmpty && message.ToolCalls.IsEmpty)
        {
            throw Invalid($"messages[{index}] has no text, no attachment and no tool call: there is nothing to remember.");
        }
    }

    /// <summary>Refuses a text that is too long or not well-formed Unicode.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static void RequireText(string? text, string field) => RequireText(text, new Field(null, field));

    /// <summary>Refuses a name that is too long, not well-formed Unicode, or holds control characters.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static void RequireName(string? name, string field) => RequireName(name, new Field(null, field));

    /// <summary>Refuses a time so near the ends of the calendar that no zone or interval around it can be computed.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static void RequireTime(DateTimeOffset time, string field)
    {
        if (time < Earliest || time > Latest)
        {
            throw Invalid($"{field} must lie between the years 1 and 9999.");
        }
    }

    /// <summary>The beginning of a text, cut where it is too long; never between the halves of a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">UTF-16 characters at most, 1 or more.</param>
    public static string Beginning(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    /// <summary>The end of a text, cut where it is too long; never between the halves of a character.</summary>
    /// <inheritdoc cref="Beginning"/>
    public static string End(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return text.Length <= most ? text : text[^(char.IsLowSurrogate(text[^most]) ? most - 1 : most)..];
    }

    private static void RequireText(string? text, Field field)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > MaximumTextLength)
        {
            throw Invalid($"{field} has {text.Length} characters; at most {MaximumTextLength} are allowed. Split it, or add it as a document.");
        }

        RequireUnicode(text, field);
    }

    private static void RequireName(string? name, Field field)
    {
        if (name is null)
        {
            return;
        }

        if (name.Length > MaximumNameLength)
        {
            throw Invalid($"{field} has {name.Length} characters; at most {MaximumNameLength} are allowed.");
        }

        if (name.AsSpan().ContainsAnyInRange('\0', '\u001F') || name.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            throw Invalid($"{field} holds a control character.");
        }

        RequireUnicode(name, field);
    }

    private static void RequireItems(int count, Field field)
    {
        if (count > MaximumItems)
        {
            throw Invalid($"{field} has {count} entries; at most {MaximumItems} are allowed.");
        }
    }

    private static void RequireUnicode(string text, Field field)
    {
        int first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (int i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            throw Invalid($"{field} holds half of a surrogate pair at character {i}: it is not well-formed Unicode.");
        }
    }

    private static MemOSException Invalid(string message) => new(ErrorCodes.InvalidInput, message);

    // Put into words only for an error: thousands of messages come in one call.
    private readonly record struct Field(int? Message, string Name, string? Key = null)
    {
        public override string ToString() => (Message is { } index ? $"messages[{index}].{Name}" : Name) + (Key is null ? "" : $".{Key}");
    }
}
