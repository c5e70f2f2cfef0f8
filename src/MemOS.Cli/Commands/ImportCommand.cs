using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MemOS.Cli.Output;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos import</c>: brings files into vaults.</summary>
internal static class ImportCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string[]> files = new("files") { Description = "LoCoMo conversations, chat messages as JSON or JSON Lines, .md and .txt documents, exports of vaults, of mem0, Zep, Letta, LangMem, MemOS, ChatGPT and Claude.", Arity = ArgumentArity.OneOrMore };
        Option<bool> perFile = new("--vault-per-file") { Description = "A vault for each file, named like the file. LoCoMo conversations get that unless --vault is given." };
        Option<bool> keepGoing = new("--continue") { Description = "Leave out lines of JSON Lines files that cannot be read, and report them." };
        Option<string?> conversation = new("--conversation") { Description = "The conversation of messages that name none. Default: the file's name." };
        Option<string[]> tags = new("--tag") { Description = "A tag for every message; may be repeated." };
        Option<int> batch = new("--batch") { Description = "Messages in one durable write, 1 to 10000.", DefaultValueFactory = _ => ImportOptions.DefaultBatchSize };
        Option<bool> dryRun = new("--dry-run") { Description = "Only tell what would come in." };
        Option<string?> format = new("--format") { Description = $"What the files are, instead of telling from their content: {string.Join(", ", Enum.GetValues<ImportFormat>().Select(CubeJson.Name))}.", HelpName = "FORMAT" };
        Command command = new("import", "Store what is in files, of other memory systems too. Importing a file again stores nothing twice.")
        {
            files, perFile, keepGoing, conversation, tags, batch, dryRun, format,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            if (context.GivenVault is not null && parsed.GetValue(perFile))
            {
                throw new CliUsageException("--vault and --vault-per-file exclude each other.");
            }

            ImportOptions reading = new()
            {
                Conversation = parsed.GetValue(conversation),
                Tags = [.. parsed.GetValue(tags) ?? []],
                BatchSize = parsed.GetValue(batch) is >= 1 and <= 10_000 and int given ? given : throw new CliUsageException("--batch must be 1 to 10000."),
                BadLine = parsed.GetValue(keepGoing) ? problem => context.Error.WriteLine($"left out: {Printable.Line(problem.Reason)}") : null,
            };
            return RunAsync(context, parsed.GetRequiredValue(files), parsed.GetValue(perFile), reading, Format(parsed.GetValue(format)), parsed.GetValue(dryRun), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string[] files, bool perFile, ImportOptions reading, ImportFormat? given, bool dryRun, CancellationToken cancellationToken)
    {
        // All formats are told before anything is written, so that a wrong file in the list changes nothing.
        List<(string File, ImportFormat Format, VaultId Vault)> plan = [];
        foreach (string file in files)
        {
            ImportFormat format = given ?? await MemLoader.DetectAsync(file, cancellationToken);
            bool own = perFile || (format is ImportFormat.LoCoMo && context.GivenVault is null);
            plan.Add((file, format, own ? CliContext.ToVaultId(Path.GetFileNameWithoutExtension(file)) : context.Vault));
        }

        if (dryRun)
        {
            return await ImportPreviews.WriteAsync(context, plan, reading, cancellationToken);
        }

        List<ImportedFile> imported = [];
        foreach (IGrouping<VaultId, (string File, ImportFormat Format, VaultId Vault)> group in plan.GroupBy(entry => entry.Vault))
        {
            await using TargetVault target = await TargetVault.OpenAsync(context, group.Key, cancellationToken);
            foreach ((string file, ImportFormat format, _) in group)
            {
                VaultStatistics before = target.Vault.Statistics();
                try
                {
                    imported.Add(await ImportAsync(context, target.Vault, file, format, reading, cancellationToken));
                }
                catch (MemOSException failure)
                {
                    throw new MemOSException(failure.Code, $"{failure.Message} {Kept(target, before, imported.Count)}", failure) { IsTransient = failure.IsTransient };
                }
            }

            await target.Vault.SettleAsync(cancellationToken);
        }

        Write(context, imported);
        return ExitCodes.Done;
    }

    // Each batch is durable on its own, so a file that stops in its middle has left something behind, or nothing.
    private static string Kept(TargetVault target, VaultStatistics before, int whole)
    {
        VaultId id = target.Vault.Id;
        VaultStatistics now;
        try
        {
            now = target.Vault.Statistics();
        }
        catch (MemOSException)
        {
            return $"What came before it is kept in the vault '{id}', which cannot be read now.";
        }

        (long messages, long cubes) = (now.Messages - before.Messages, now.Cubes - before.Cubes);
        string earlier = whole > 0 ? string.Create(CultureInfo.InvariantCulture, $" Files that came in whole before it: {whole}.") : "";
        string file = target.IsNewAndEmpty ? $"Nothing was stored, and no vault '{id}' was made."
            : messages == 0 && cubes == 0 ? $"Nothing of this file was stored in the vault '{id}'."
            : string.Create(CultureInfo.InvariantCulture, $"What came before it is kept in the vault '{id}': new messages {messages}, new cubes {cubes}. Mend the file and import it again: nothing is stored twice.");
        return file + earlier;
    }

    private static ImportFormat? Format(string? name) => name is null ? null
        : Enum.GetValues<ImportFormat>().Where(format => CubeJson.Name(format) == name).Select(format => (ImportFormat?)format).FirstOrDefault()
        ?? throw new CliUsageException($"--format: '{name}' is not known. Known: {string.Join(", ", Enum.GetValues<ImportFormat>().Select(CubeJson.Name))}.");

    private static async Task<ImportedFile> ImportAsync(
        CliContext context, MemoryVault vault, string file, ImportFormat format, ImportOptions reading, CancellationToken cancellationToken)
    {
        MemLoader loader = new(context.Clock, reading);
        long start = context.Clock.GetTimestamp();
        ImportSummary summary = context.Interactive
            ? await ImportProgressBar.RunAsync(context, file, progress => loader.LoadAsync(vault, file, format, progress, cancellationToken))
            : await loader.LoadAsync(vault, file, format, cancellationToken: cancellationToken);
        return new ImportedFile(file, vault.Id, summary, context.Clock.GetElapsedTime(start));
    }

    private static void Write(CliContext context, List<ImportedFile> files)
    {
        if (context.Json)
        {
            context.WriteJson(json => Write(json, files));
            return;
        }

        Tables.Write(context.Output, ["file", "format", "vault", "messages", "new", "known", "left out", "cubes", "messages/s"], files.Select(file => (IReadOnlyList<string>)
        [
            file.Path, file.Summary.Format.ToString(), file.Vault.Value, Text(file.Summary.Messages), Text(file.Summary.Stored), Text(file.Summary.Known),
            Text(file.Summary.Empty + file.Summary.BadLines), Text(file.Summary.Cubes), file.Rate.ToString("F0", CultureInfo.InvariantCulture),
        ]));
    }

    private static void Write(Utf8JsonWriter json, List<ImportedFile> files)
    {
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (ImportedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteString("format", CubeJson.Name(file.Summary.Format));
            json.WriteString("vault", file.Vault.Value);
            json.WriteNumber("messages", file.Summary.Messages);
            json.WriteNumber("stored", file.Summary.Stored);
            json.WriteNumber("known", file.Summary.Known);
            json.WriteNumber("empty", file.Summary.Empty);
            json.WriteNumber("bad_lines", file.Summary.BadLines);
            json.WriteNumber("cubes", file.Summary.Cubes);
            json.WriteNumber("seconds", Math.Round(file.Elapsed.TotalSeconds, 3));
            json.WriteNumber("messages_per_second", Math.Round(file.Rate, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record ImportedFile(string Path, VaultId Vault, ImportSummary Summary, TimeSpan Elapsed)
    {
        public double Rate => Elapsed > TimeSpan.Zero ? (Summary.Stored + Summary.Known) / Elapsed.TotalSeconds : 0;
    }
}
