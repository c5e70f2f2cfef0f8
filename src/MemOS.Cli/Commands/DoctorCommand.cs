using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using MemOS.Cli.Output;
using MemOS.Models.Files;
using MemOS.Models.Llama;

namespace MemOS.Cli.Commands;

/// <summary><c>memos doctor</c>: what this machine has for memory and models, and what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string?> folder = ModelCommand.FolderOption();
        Option<string?> libraries = new("--libraries") { Description = "The folder with the llama.cpp libraries. Default: MEMOS_LLAMA, else the one beside the program.", HelpName = "DIR" };
        Command command = new("doctor", "Show what was found: the system, the libraries for local models, the models.") { folder, libraries };
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Context(parsed), new ModelFolder(parsed.GetValue(folder)), parsed.GetValue(libraries), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, ModelFolder folder, string? where, CancellationToken cancellationToken)
    {
        LibraryReport libraries = await LocalRuntime.CheckAsync(where, cancellationToken);
        IReadOnlyList<InstalledModel> models = folder.List();
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("system", RuntimeInformation.OSDescription);
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteNumber("processors", Environment.ProcessorCount);
                json.WritePropertyName("libraries");
                ModelJson.Write(json, libraries);
                json.WritePropertyName("models");
                ModelJson.Write(json, folder, models);
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (string line in Lines(libraries, folder, models))
            {
                context.Output.WriteLine(Printable.Line(line));
            }
        }

        return ExitCodes.Done; // local models are a choice: their absence is told, not failed
    }

    private static IEnumerable<string> Lines(LibraryReport libraries, ModelFolder folder, IReadOnlyList<InstalledModel> models)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"system      {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        yield return $"llama.cpp   {(libraries.Problem is null ? $"{libraries.Release} in {libraries.Folder}" : $"not usable ({libraries.ProblemCode}): {libraries.Problem}")}";
        if (libraries.Problem is null)
        {
            yield return $"processor   {libraries.CpuVariant}: {libraries.Features}";
            foreach (string device in libraries.Devices)
            {
                yield return $"device      {device}";
            }
        }

        yield return $"models      {models.Count} in {folder.Path}";
        foreach (InstalledModel model in models)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"            {model.Name}, {model.Bytes / 1e6:F1} MB");
        }
    }
}
