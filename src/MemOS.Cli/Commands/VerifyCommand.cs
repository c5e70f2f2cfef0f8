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
        Command command = new("verify", "Read everything in a vault and check that it is whole: checksums, version chains, sources, payload files.");
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Context(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        await using IVaultStore store = await context.Engine().OpenAsync(context.Vault, create: false, cancellationToken);
        VaultCheck check = VaultCheck.Of(store, cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", context.Vault.Value);
                json.WriteBoolean("whole", check.Problems.IsEmpty);
                json.WriteNumber("messages", check.Messages);
                json.WriteNumber("cubes", check.Cubes);
                json.WriteNumber("versions", check.Versions);
                json.WriteNumber("payloads", check.Payloads);
                json.WriteStartArray("problems");
                foreach (string problem in check.Problems)
                {
                    json.WriteStringValue(problem);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (string problem in check.Problems)
            {
                context.Output.WriteLine(Printable.Line(problem));
            }

            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{check.Messages} messages, {check.Versions} versions of {check.Cubes} cubes, {check.Payloads} payloads: {(check.Problems.IsEmpty ? "whole" : $"{check.Problems.Length} problems")}."));
        }

        return check.Problems.IsEmpty ? ExitCodes.Done : ExitCodes.Failed;
    }
}
