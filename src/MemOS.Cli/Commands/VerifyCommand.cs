using System.CommandLine;
using System.Globalization;
using MemOS.Cli.Output;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos verify</c>: reads all of a vault and checks that it is whole.</summary>
internal static class VerifyCommand
{
    public static Command Create(GlobalOptions options)
    {
        Command command = new("verify", "Check a whole vault: the checksum of every row and payload, and every reference.");
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Context(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        await using IVaultStore store = await context.Engine().OpenAsync(context.Vault, create: false, cancellationToken);
        IReadOnlyList<string> problems = store.Verify();
        VaultStatistics held = store.Read(reader => reader.Statistics());
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", context.Vault.Value);
                json.WriteBoolean("whole", problems.Count == 0);
                json.WriteNumber("messages", held.Messages);
                json.WriteNumber("cubes", held.Cubes);
                json.WriteNumber("versions", held.Versions);
                json.WriteStartArray("problems");
                foreach (string problem in problems)
                {
                    json.WriteStringValue(problem);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (string problem in problems)
            {
                context.Output.WriteLine(Printable.Line(problem));
            }

            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{held.Messages} messages, {held.Versions} versions of {held.Cubes} cubes: {(problems.Count == 0 ? "whole" : $"{problems.Count} problems")}."));
        }

        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
