using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MemOS.Reader;

namespace MemOS.Transfer;

/// <summary>Gives messages without an id one that a second reading of the same file gives again, so that importing twice stores once.</summary>
/// <remarks>Made from who said what in which conversation, and from how often that was said before in the file.</remarks>
internal sealed class ContentIds
{
    private readonly Dictionary<UInt128, int> _seen = [];

    public string Next(Message message)
    {
        XxHash128 hash = new();
        Append(hash, message.Conversation);
        Append(hash, message.Role.Value);
        Append(hash, message.Speaker);
        Append(hash, message.Text);
        foreach (MessageAttachment attachment in message.Attachments)
        {
            Append(hash, attachment.Reference);
            Append(hash, attachment.Caption);
        }

        foreach (ToolCall call in message.ToolCalls)
        {
            Append(hash, call.Name);
            Append(hash, call.Arguments);
        }

        UInt128 content = hash.GetCurrentHashAsUInt128();
        int repeat = CollectionsMarshal.GetValueRefOrAddDefault(_seen, content, out _)++;
        string id = content.ToString("x32", CultureInfo.InvariantCulture);
        return repeat == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{repeat + 1}");
    }

    private static void Append(XxHash128 hash, string? text)
    {
        hash.Append(MemoryMarshal.AsBytes((text ?? "").AsSpan()));
        hash.Append("\0\0"u8); // keeps ("ab", "c") apart from ("a", "bc")
    }
}
