using System.CommandLine;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos migrate</c>: copies cubes to another vault, and forgets them here when asked to.</summary>
internal static class MigrateCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string[]> cubes = new("cubes") { Description = "The cubes' ids.", Arity = ArgumentArity.OneOrMore };
        Option<string> to = new("--to") { Description = "The vault that takes them in; it is made when it is not there.", HelpName = "VAULT", Required = true };
        Option<bool> forget = new("--forget") { Description = "Forget them here afterwards, with the messages that they came from." };
        Command command = new("migrate", "Copy cubes with their history, policy and provenance to another vault.") { cubes, to, forget };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Context(parsed),
            [.. parsed.GetRequiredValue(cubes).Select(CubeArgument.Parse)],
            CliContext.ToVaultId(parsed.GetRequiredValue(to)),
            parsed.GetValue(forget),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CubeId[] cubes, VaultId to, bool forget, CancellationToken cancellationToken)
    {
        if (to == context.Vault)
        {
            throw new CliUsageException("--to must name another vault than --vault.");
        }

        await using MemoryVault source = await context.OpenAsync(create: false, cancellationToken);
        RestoreSummary copied;
        await using (TargetVault target = await TargetVault.OpenAsync(context, to, cancellationToken))
        {
            copied = await CubeMigration.CopyAsync(source, cubes, target.Vault, cancellationToken);
        }

        if (forget)
        {
            await source.ForgetAsync(new ForgetScope { Cubes = [.. cubes] }, cancellationToken: cancellationToken);
        }

        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("from", context.Vault.Value);
                json.WriteString("to", to.Value);
                json.WriteNumber("messages", copied.Messages);
                json.WriteNumber("cubes", copied.Cubes);
                json.WriteNumber("versions", copied.Versions);
                json.WriteBoolean("forgotten", forget);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{copied.Versions} versions of {copied.Cubes} cubes and {copied.Messages} messages are new in '{to}'{(forget ? $" and forgotten in '{context.Vault}'" : "")}."));
        }

        return ExitCodes.Done;
    }
}
