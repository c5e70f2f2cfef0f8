using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos history</c>: all versions of a cube with what changed.</summary>
internal static class HistoryCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> cube = new("cube") { Description = "The cube's id." };
        Command command = new("history", "Show all versions of a memory, with what changed in each.") { cube };
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Context(parsed), CubeArgument.Parse(parsed.GetRequiredValue(cube)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CubeId id, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        IReadOnlyList<MemCube> versions = vault.History(id);
        if (versions.Count == 0)
        {
            throw CubeArgument.NotFound(id, context);
        }

        if (context.Json)
        {
            context.WriteJson(json => Write(json, id, versions));
            return ExitCodes.Done;
        }

        Tables.Write(context.Output, ["version", "recorded", "state", "change"], versions.Select((version, index) => (IReadOnlyList<string>)
        [
            version.Version.ToString(CultureInfo.InvariantCulture),
            CubeText.Time(version.TxFrom),
            version.State.ToString(),
            index == 0 ? CubeText.Content(version) : string.Join("\n", Changes(versions, index).Select(change => $"{change.Field}: {change.Before ?? "-"} -> {change.After ?? "-"}")),
        ]));
        return ExitCodes.Done;
    }

    private static ImmutableArray<FieldChange> Changes(IReadOnlyList<MemCube> versions, int index) =>
        index == 0 ? [] : CubeDiff.Between(versions[index - 1], versions[index]);

    private static void Write(Utf8JsonWriter json, CubeId id, IReadOnlyList<MemCube> versions)
    {
        json.WriteStartObject();
        json.WriteString("cube", id.Value);
        json.WriteStartArray("versions");
        for (int i = 0; i < versions.Count; i++)
        {
            json.WriteStartObject();
            CubeJson.WriteFields(json, versions[i]);
            json.WriteStartArray("changes");
            foreach (FieldChange change in Changes(versions, i))
            {
                json.WriteStartObject();
                json.WriteString("field", change.Field);
                json.WriteString("before", change.Before);
                json.WriteString("after", change.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
