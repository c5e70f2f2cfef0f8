using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Server.Compat;

/// <summary>Files and images inside messages. Nothing is ever fetched: no URL, no path.</summary>
internal static class ProductFile
{
    private const int LongestReference = 2048;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text in base64 or a data URI; null when it is none of them, or holds no plain text.</summary>
    public static string? TextOf(string? data)
    {
        return Bytes(data) is { Length: > 0 } bytes ? TextOf(bytes) : null;
    }

    /// <summary>The text of a file; null when it is no plain text.</summary>
    public static string? TextOf(byte[] bytes)
    {
        try
        {
            string text = Strict.GetString(bytes);
            return text.AsSpan().IndexOfAnyInRange('\0', '\b') < 0 ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A file in a message: its text if it has one, as what the attachment shows.</summary>
    /// <exception cref="MemOSException">It is sent along but is no plain text, so that it could not be remembered.</exception>
    public static MessageAttachment Attachment(JsonElement file, string at)
    {
        string? data = file.Text("file_data", at);
        string? text = TextOf(data);
        if (text is null && Bytes(data) is not null)
        {
            throw new MemOSException("not_offered", $"{at}: this server reads files of plain text only. Send the text of this one.");
        }

        string reference = file.Text("filename", at) ?? file.Text("file_id", at) ?? (text is null ? data : null) ?? "";
        return new MessageAttachment("file", Short(reference), text);
    }

    /// <summary>Where an image or a sound is. What is sent inline is named by its hash: without a model that looks at it, its bytes are of no use.</summary>
    public static string Reference(JsonElement part, string at) => Short(part.ValueKind is JsonValueKind.String
        ? part.GetString() ?? ""
        : part.Object(at).Text("url", at) ?? part.Text("data", at) ?? "");

    private static string Short(string reference) => reference.Length <= LongestReference && !reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        ? reference
        : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference)))}";

    /// <summary>What is sent as base64 or a data URI; null when it is neither.</summary>
    public static byte[]? Bytes(string? data)
    {
        if (data is null)
        {
            return null;
        }

        int comma = data.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? data.IndexOf(',', StringComparison.Ordinal) : -1;
        byte[] bytes = new byte[data.Length * 3L / 4 + 3];
        return Convert.TryFromBase64Chars(data.AsSpan(comma + 1), bytes, out int length) ? bytes[..length] : null;
    }
}
