using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Server.Compat;

/// <summary>The content of a message: its text, and what came with it.</summary>
internal sealed record ProductContent(string Text, ImmutableArray<MessageAttachment> Attachments)
{
    /// <summary>Reads a text, a list of parts or a single part; nothing when absent.</summary>
    /// <exception cref="BodyFaultException">A part is not as it must be.</exception>
    public static ProductContent Read(JsonElement message, string at)
    {
        at += ".content";
        switch (message.Member("content"))
        {
            case null:
                return new ProductContent("", []);
            case { ValueKind: JsonValueKind.String } text:
                return new ProductContent(text.GetString() ?? "", []);
            case { ValueKind: JsonValueKind.Object } part:
                return Of([part], at);
            case { ValueKind: JsonValueKind.Array } parts:
                return Of(parts.EnumerateArray(), at);
            default:
                throw new BodyFaultException(at, $"{at} must be a text or a list of parts.");
        }
    }

    private static ProductContent Of(IEnumerable<JsonElement> parts, string at)
    {
        List<string> texts = [];
        ImmutableArray<MessageAttachment>.Builder attachments = ImmutableArray.CreateBuilder<MessageAttachment>();
        int i = 0;
        foreach (JsonElement part in parts)
        {
            string here = $"{at}.{i++}";
            switch (part.ValueKind is JsonValueKind.String ? "" : part.Object(here).Text("type", here))
            {
                case "":
                    texts.Add(part.GetString() ?? "");
                    break;
                case "text":
                    texts.Add(part.Text("text", here) ?? "");
                    break;
                case "refusal":
                    texts.Add(part.Text("refusal", here) ?? "");
                    break;
                case "image_url":
                    attachments.Add(new MessageAttachment("image", ProductFile.Reference(Inner(part, "image_url", here), here), null));
                    break;
                case "input_audio":
                    attachments.Add(new MessageAttachment("audio", ProductFile.Reference(Inner(part, "input_audio", here), here), null));
                    break;
                case "file":
                    attachments.Add(ProductFile.Attachment(Inner(part, "file", here).Object($"{here}.file"), $"{here}.file"));
                    break;
                default:
                    throw new BodyFaultException($"{here}.type", $"{here}.type must be text, image_url, input_audio, file or refusal.");
            }
        }

        return new ProductContent(string.Join('\n', texts), attachments.ToImmutable());
    }

    private static JsonElement Inner(JsonElement part, string key, string at) => part.Member(key) ?? throw BodyFaultException.Missing($"{at}.{key}");
}
