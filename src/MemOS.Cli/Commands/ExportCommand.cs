using System.CommandLine;
using System.Globalization;
using System.Text;
using MemOS.Cubes;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos export</c>: a vault, or some of its cubes, as JSON Lines.</summary>
internal static class ExportCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string?> file = new("file") { Description = "The file to write; standard output when left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> cubes = new("--cube") { Description = "Only this cube, with the messages that it came from; may be repeated.", HelpName = "ID" };
        Command command = new("export", "Write a vault as JSON Lines: messages, all versions of all cubes, audit log. `import` reads it back.") { file, cubes };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Context(parsed), parsed.GetValue(file), [.. (parsed.GetValue(cubes) ?? []).Select(CubeArgument.Parse)], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string? file, CubeId[] cubes, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        if (file is null)
        {
            Write(context, vault, cubes, context.Output, cancellationToken);
            return ExitCodes.Done;
        }

        ExportSummary summary = WriteFile(context, vault, file, cubes, cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", context.Vault.Value);
                json.WriteString("file", file);
                json.WriteNumber("messages", summary.Messages);
                json.WriteNumber("cubes", summary.Cubes);
                json.WriteNumber("versions", summary.Versions);
                json.WriteNumber("audit_entries", summary.AuditEntries);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Messages} messages, {summary.Versions} versions of {summary.Cubes} cubes and {summary.AuditEntries} audit entries are in {file}."));
        }

        return ExitCodes.Done;
    }

    private static ExportSummary Write(CliContext context, MemoryVault vault, CubeId[] cubes, TextWriter output, CancellationToken cancellationToken) => cubes.Length == 0
        ? VaultExporter.Write(vault, output, context.Clock.GetUtcNow(), cancellationToken)
        : VaultExporter.Write(vault, cubes, output, context.Clock.GetUtcNow(), cancellationToken);

    // Written beside the target and moved into place, so that a file of that name is never half an export.
    private static ExportSummary WriteFile(CliContext context, MemoryVault vault, string file, CubeId[] cubes, CancellationToken cancellationToken)
    {
        string partial = $"{file}.{Guid.CreateVersion7(context.Clock.GetUtcNow()):N}.partial";
        try
        {
            ExportSummary summary;
            using (StreamWriter writer = new(partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
            {
                summary = Write(context, vault, cubes, writer, cancellationToken);
            }

            File.Move(partial, file, overwrite: true);
            return summary;
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
