using System.CommandLine;
using System.Globalization;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos show</c>: one cube with its header.</summary>
internal static class ShowCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> cube = new("cube") { Description = "The cube's id." };
        Option<int?> version = new("--version-number") { Description = "An earlier version." };
        Command command = new("show", "Show a memory with its header.") { cube, version };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Context(parsed), CubeArgument.Parse(parsed.GetRequiredValue(cube)), parsed.GetValue(version), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CubeId id, int? version, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        MemCube cube = (version is { } number ? vault.FindVersion(id, number) : vault.Find(id)) ?? throw CubeArgument.NotFound(id, context);
        CubeUsage usage = vault.Usage(id);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("cube");
                CubeJson.Write(json, cube);
                json.WriteStartObject("usage");
                json.WriteNumber("uses", usage.Uses);
                json.WriteString("last_used", usage.LastUsed?.ToString("O", CultureInfo.InvariantCulture));
                json.WriteNumber("heat", Math.Round(usage.Heat, 6));
                json.WriteEndObject();
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }

        string[] used = ["used", usage.Uses == 0 ? "never" : string.Create(CultureInfo.InvariantCulture, $"{usage.Uses} times, last {CubeText.Time(usage.LastUsed)}")];
        Tables.Write(context.Output, ["field", "value"], CubeText.Fields(cube).Append(used));
        return ExitCodes.Done;
    }
}
