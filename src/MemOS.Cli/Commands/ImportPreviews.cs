using System.Globalization;
using MemOS.Cli.Output;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos import --dry-run</c>: what files would bring in.</summary>
internal static class ImportPreviews
{
    public static async Task<int> WriteAsync(
        CliContext context, IReadOnlyList<(string File, ImportFormat Format, VaultId Vault)> files, ImportOptions reading, CancellationToken cancellationToken)
    {
        MemLoader loader = new(context.Clock, reading);
        List<(string File, VaultId Vault, ImportPreview Preview)> previews = [];
        foreach ((string file, ImportFormat format, VaultId vault) in files)
        {
            previews.Add((file, vault, await loader.PreviewAsync(file, format, cancellationToken)));
        }

        if (context.Json)
        {
            WriteJson(context, previews);
            return ExitCodes.Done;
        }

        Tables.Write(context.Output, ["file", "format", "vault", "messages", "memories", "conversations", "from", "to"], previews.Select(entry => (IReadOnlyList<string>)
        [
            entry.File, entry.Preview.Format.ToString(), entry.Vault.Value, Text(entry.Preview.Messages), Text(entry.Preview.Memories), Text(entry.Preview.Conversations),
            Day(entry.Preview.Earliest), Day(entry.Preview.Latest),
        ]));
        foreach (string sample in previews.SelectMany(entry => entry.Preview.Samples))
        {
            context.Output.WriteLine($"  {Printable.Line(sample)}");
        }

        context.Output.WriteLine("Nothing was written.");
        return ExitCodes.Done;
    }

    private static void WriteJson(CliContext context, List<(string File, VaultId Vault, ImportPreview Preview)> previews) => context.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("dry_run", true);
        json.WriteStartArray("files");
        foreach ((string file, VaultId vault, ImportPreview preview) in previews)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("format", CubeJson.Name(preview.Format));
            json.WriteString("vault", vault.Value);
            json.WriteNumber("messages", preview.Messages);
            json.WriteNumber("memories", preview.Memories);
            json.WriteNumber("conversations", preview.Conversations);
            json.WriteNumber("bad_lines", preview.BadLines);
            json.WriteStartArray("samples");
            foreach (string sample in preview.Samples)
            {
                json.WriteStringValue(sample);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
