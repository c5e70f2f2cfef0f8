using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.Cubes;
using MemOS.Operator;

namespace MemOS.Reader;

/// <summary>Makes the turn-level cube of a message: what was said, by whom, when, word for word. Needs no model.</summary>
internal static class EpisodeReader
{
    /// <summary>Reads a message.</summary>
    /// <returns>The first version of its cube, or null when the message has nothing of its own (for example only text that recall had put into a prompt).</returns>
    public static MemCube? Read(Message message, CubeId id, DateTimeOffset now, OriginSignature origin)
    {
        ImmutableArray<(int Start, int Length)> spans = InjectionStamp.OwnSpans(message.Text);
        string text = Text(message, spans);
        if (text.Length == 0)
        {
            return null;
        }

        return new MemCube
        {
            Id = id,
            Version = 1,
            State = CubeState.Generated,
            Payload = new PlaintextPayload(text),
            Fingerprint = message.ContextText is { Length: > 0 } context ? Fingerprints.Of(context) : null,
            Sources = Sources(message, spans),
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = now,
                Origin = origin,
                Type = Type(message),
                SaidAt = message.Role == MessageRole.Document ? null : message.Time,
                Speaker = message.Speaker,
                Role = message.Role.Value,
                Context = message.Conversation,
                Entities = EntityNames.In(text),
                Tags = message.Tags,
                Info = message.Info,
            },
        };
    }

    /// <summary>How a message of this role came to be.</summary>
    public static OriginSignature Origin(MessageRole role) => role switch
    {
        _ when role == MessageRole.Assistant => OriginSignature.InferenceExtraction,
        _ when role == MessageRole.Tool || role == MessageRole.Document => OriginSignature.ExternalRetrieval,
        _ => OriginSignature.UserInput,
    };

    /// <summary>Where the cube's text stands in the message.</summary>
    public static ImmutableArray<MessageSource> Sources(Message message, ImmutableArray<(int Start, int Length)> spans)
    {
        if (spans.IsEmpty)
        {
            return [new MessageSource(message.Id, message.Conversation, message.Number, 0, message.Text.Length)];
        }

        MessageSource[] sources = new MessageSource[spans.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = new MessageSource(message.Id, message.Conversation, message.Number, spans[i].Start, spans[i].Length);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sources);
    }

    private static SemanticType Type(Message message) => message.Role switch
    {
        var role when role == MessageRole.Document => SemanticType.Document,
        var role when role == MessageRole.System => SemanticType.TaskPrompt,
        var role when role == MessageRole.Tool => SemanticType.ToolTrace,
        _ => SemanticType.Episode,
    };

    private static string Text(Message message, ImmutableArray<(int Start, int Length)> spans)
    {
        bool captioned = message.Attachments.Any(attachment => !string.IsNullOrWhiteSpace(attachment.Caption));
        if (spans.Length == 1 && !captioned && message.ToolCalls.IsEmpty)
        {
            return message.Text.Substring(spans[0].Start, spans[0].Length);
        }

        StringBuilder text = new();
        foreach ((int start, int length) in spans)
        {
            Line(text).Append(message.Text, start, length);
        }

        foreach (MessageAttachment attachment in message.Attachments)
        {
            if (!string.IsNullOrWhiteSpace(attachment.Caption))
            {
                Line(text).Append('[').Append(attachment.Kind).Append(": ").Append(attachment.Caption.Trim()).Append(']');
            }
        }

        foreach (ToolCall call in message.ToolCalls)
        {
            Line(text).Append("[tool call: ").Append(call.Name).Append(' ').Append(call.Arguments).Append(']');
        }

        return text.ToString();
    }

    private static StringBuilder Line(StringBuilder text) => text.Length == 0 ? text : text.Append('\n');
}
