using System.CommandLine;
using System.Globalization;
using MemOS.Activation;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos steering</c>: vectors that push the answers of a local model in a direction.</summary>
internal static class SteeringCommand
{
    public static Command Create(GlobalOptions options) => new("steering", "Vectors that push answers of a local model in a direction.") { List(options), Make(options), Import(options) };

    /// <summary>Reads <c>VECTOR=SCALE</c>, or <c>VECTOR</c> for a scale of 1.</summary>
    public static (CubeId Cube, float Scale) Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (CubeArgument.Parse(text), 1)
            : float.TryParse(text.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out float scale) && float.IsFinite(scale) ? (CubeArgument.Parse(text[..equals]), scale)
            : throw new CliUsageException($"'{text}' is not a vector and its scale, such as 0198c1a0-7b3e-7c2a-9f00-0123456789ab=0.8.");
    }

    private static Command List(GlobalOptions options)
    {
        Command command = new("list", "Show the vectors of the vault.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            Write(context, SteeringVectors.List(vault));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Make(GlobalOptions options)
    {
        Argument<string> pairs = new("pairs") { Description = "A file with a pair a line: a text as answers are to become, a tab, and one as they are not to be.", HelpName = "FILE" };
        return Adding(options, "make", "Make a vector out of pairs of contrasting texts.", pairs, async (memory, vault, file, tags, cancellationToken) =>
        {
            string[] lines = [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Where(line => !string.IsNullOrWhiteSpace(line))];
            SteeringPair[] read = [.. lines.Select(line => line.Split('\t') is [{ } towards, { } away] ? new SteeringPair(towards, away) : throw new CliUsageException($"A line of {file} is not two texts with a tab between them."))];
            return await memory.Activation.Steering.MakeAsync(vault, read, tags: tags, cancellationToken: cancellationToken);
        });
    }

    private static Command Import(GlobalOptions options)
    {
        Argument<string> file = new("file") { Description = "A control vector in GGUF, as llama.cpp's tools write them.", HelpName = "FILE" };
        return Adding(options, "import", "Keep a control vector of a GGUF file.", file, (memory, vault, path, tags, cancellationToken) =>
            memory.Activation.Steering.ImportAsync(vault, path, tags, cancellationToken: cancellationToken));
    }

    private static Command Adding(GlobalOptions options, string name, string description, Argument<string> file, Func<LocalMemory, MemoryVault, string, string[], CancellationToken, Task<MemCube>> add)
    {
        LocalModelOptionSet local = new();
        Option<string[]> tags = new("--tag") { Description = "A tag, to find it by." };
        Command command = new(name, description) { file, tags };
        local.AddTo(command, "The model that it steers: a name out of 'memos model list', or the path of a GGUF file.", isRequired: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using LocalMemory memory = local.Open(parsed) ?? throw new CliUsageException("--model names no model.");
            await using TargetVault target = await context.OpenTargetAsync(cancellationToken);
            MemoryVault vault = target.Vault;
            Write(context, [await add(memory, vault, parsed.GetRequiredValue(file), parsed.GetValue(tags) ?? [], cancellationToken)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(CliContext context, IReadOnlyList<MemCube> vectors)
    {
        if (!context.Json)
        {
            Tables.Write(context.Output, ["vector", "layers", "tags"], vectors.Select(cube => (string[])[cube.Id.ToString(), $"{Format(cube)?.FirstLayer}-{Format(cube)?.LastLayer}", string.Join(' ', cube.Descriptive.Tags)]));
            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (MemCube cube in vectors)
            {
                json.WriteStartObject();
                json.WriteString("vector", cube.Id.ToString());
                json.WriteString("model", Format(cube)?.Model);
                json.WriteNumber("first_layer", Format(cube)?.FirstLayer ?? 0);
                json.WriteNumber("last_layer", Format(cube)?.LastLayer ?? 0);
                json.WriteStartArray("tags");
                foreach (string tag in cube.Descriptive.Tags)
                {
                    json.WriteStringValue(tag);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static SteeringFormat? Format(MemCube cube) => SteeringFormat.TryParse((cube.Payload as StoredPayload)?.Format);
}
