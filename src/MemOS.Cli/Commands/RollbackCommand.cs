using System.CommandLine;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos rollback</c>: restores an earlier version of a cube, or of the whole vault.</summary>
internal static class RollbackCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string?> cube = new("cube") { Description = "The cube's id.", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> to = new("--to") { Description = "The version to restore, as a new version.", HelpName = "N" };
        Option<string?> vaultAsOf = new("--vault-as-of") { Description = "Restore every cube to what it was then; younger ones go to the archive.", HelpName = "TIME" };
        Command command = new("rollback", "Restore an earlier version. Nothing is lost: the restored state is a new version.") { cube, to, vaultAsOf };
        command.SetAction((parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            return (parsed.GetValue(cube), parsed.GetValue(to), context.ToTime(parsed.GetValue(vaultAsOf), "--vault-as-of")) switch
            {
                ({ } id, { } version, null) => RollbackCubeAsync(context, CubeArgument.Parse(id), version, cancellationToken),
                (null, null, { } time) => RollbackVaultAsync(context, time, cancellationToken),
                _ => throw new CliUsageException("Give a cube with --to N, or --vault-as-of TIME alone."),
            };
        });
        return command;
    }

    private static async Task<int> RollbackCubeAsync(CliContext context, CubeId id, int version, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        MemCube restored = await vault.RollbackAsync(id, version, cancellationToken: cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("cube", id.Value);
                json.WriteNumber("restored_version", version);
                json.WriteNumber("version", restored.Version);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Version {version} of {id} is restored as version {restored.Version}."));
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RollbackVaultAsync(CliContext context, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        int changed = await vault.RollbackVaultAsync(time, cancellationToken: cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", context.Vault.Value);
                json.WriteString("as_of", time);
                json.WriteNumber("changed", changed);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changed} cubes changed; the vault '{context.Vault}' is as it was at {time:O}."));
        }

        return ExitCodes.Done;
    }
}
