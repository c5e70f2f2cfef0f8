using System.CommandLine;
using System.Globalization;
using MemOS.Cli.Output;
using MemOS.Models.Files;

namespace MemOS.Cli.Commands;

/// <summary><c>memos model</c>: the model files of this user.</summary>
internal static class ModelCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string?> folder = FolderOption();
        folder.Recursive = true;
        return new Command("model", "Local models: bring, list and remove their files.") { folder, Pull(options, folder), List(options, folder), Remove(options, folder) };
    }

    /// <summary>Where models lie.</summary>
    public static Option<string?> FolderOption() => new("--models") { Description = "The folder with models. Default: MEMOS_MODELS, else the user's.", HelpName = "DIR" };

    private static Command Pull(GlobalOptions options, Option<string?> folder)
    {
        Argument<string> source = new("source") { Description = "An http or https address of a GGUF file, or a path." };
        Option<string?> name = new("--name") { Description = "Its name here; that of the file by default." };
        Option<string?> hash = new("--sha256") { Description = "What its content has to hash to.", HelpName = "HEX" };
        KeyOptions key = new();
        Command command = new("pull", "Bring a model. Where a connection broke off, the same command goes on.") { source, name, hash };
        key.AddTo(command);
        command.SetAction((parsed, cancellationToken) => PullAsync(options.Context(parsed), new ModelFolder(parsed.GetValue(folder)), parsed.GetRequiredValue(source), parsed.GetValue(name), parsed.GetValue(hash), key.Read(parsed), cancellationToken));
        return command;
    }

    private static Command List(GlobalOptions options, Option<string?> folder)
    {
        Command command = new("list", "Show the models that are here.");
        command.SetAction(parsed => ListModels(options.Context(parsed), new ModelFolder(parsed.GetValue(folder))));
        return command;
    }

    private static Command Remove(GlobalOptions options, Option<string?> folder)
    {
        Argument<string> name = new("name") { Description = "The model, as 'memos model list' names it." };
        Command command = new("remove", "Delete a model's file.") { name };
        command.SetAction(parsed => RemoveModel(options.Context(parsed), new ModelFolder(parsed.GetValue(folder)), parsed.GetRequiredValue(name)));
        return command;
    }

    private static async Task<int> PullAsync(CliContext context, ModelFolder folder, string source, string? name, string? hash, string? key, CancellationToken cancellationToken)
    {
        using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan }; // the pull itself watches for silence
        ModelPull pull = new(folder, http, context.Clock) { Key = key };
        InstalledModel model = context.Interactive
            ? await PullProgressBar.RunAsync(context, source, progress => pull.PullAsync(source, name, hash, progress, cancellationToken))
            : await pull.PullAsync(source, name, hash, null, cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json => ModelJson.Write(json, model));
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {Megabytes(model.Bytes)}, SHA-256 {model.Origin?.Sha256}."));
        }

        return ExitCodes.Done;
    }

    private static int ListModels(CliContext context, ModelFolder folder)
    {
        IReadOnlyList<InstalledModel> models = folder.List();
        if (context.Json)
        {
            context.WriteJson(json => ModelJson.Write(json, folder, models));
        }
        else if (models.Count == 0)
        {
            context.Output.WriteLine($"No models in {Printable.Line(folder.Path)}. 'memos model pull ADDRESS' brings one.");
        }
        else
        {
            Tables.Write(context.Output, ["name", "size", "from"], models.Select(model => (string[])[model.Name, Megabytes(model.Bytes), model.Origin?.Source ?? ""]));
        }

        return ExitCodes.Done;
    }

    private static int RemoveModel(CliContext context, ModelFolder folder, string name)
    {
        long freed = folder.Remove(name);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("removed", name);
                json.WriteNumber("bytes", freed);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine($"{Printable.Line(name)} is removed: {Megabytes(freed)} are free again.");
        }

        return ExitCodes.Done;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
