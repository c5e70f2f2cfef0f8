using System.Text;
using System.Text.Json;

namespace MemOS.Cli.Output;

/// <summary>Writes errors.</summary>
internal static class ErrorOutput
{
    public static void Write(TextWriter error, bool json, string code, string message)
    {
        if (!json)
        {
            error.WriteLine($"memos: {Printable.Lines(message)} ({code})");
            return;
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        error.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
