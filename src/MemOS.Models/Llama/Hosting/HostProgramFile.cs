using System.Diagnostics;

namespace MemOS.Models.Llama.Hosting;

/// <summary>Finds the program that holds models and says how it is started.</summary>
internal static class HostProgramFile
{
    private const string Name = "MemOS.ModelHost";

    /// <summary>A start of the program with its streams in our hands.</summary>
    /// <exception cref="ModelException">It is not there.</exception>
    public static ProcessStartInfo StartInfo(string? named, IReadOnlyList<string> arguments)
    {
        string file = named ?? Default();
        if (!File.Exists(file))
        {
            throw new ModelException(ModelErrorCodes.HostUnavailable, $"There is no '{file}', which holds local models; install it beside the application.");
        }

        // A portable build has no program of its own for this system: the runtime that runs us runs it.
        bool portable = IsPortable(file);
        ProcessStartInfo start = new(portable ? Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet" : file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["GGML_NO_BACKTRACE"] = "1"; // else the library lets a debugger write to our stream, and waits for it
        foreach (string argument in portable ? [file, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>The program that a start is of: where a runtime runs it, its file is what the runtime is given.</summary>
    public static string Of(ProcessStartInfo start) => start.ArgumentList is [{ } first, ..] && IsPortable(first) ? first : start.FileName;

    private static bool IsPortable(string file) => Path.GetExtension(file).Equals(".dll", StringComparison.OrdinalIgnoreCase);

    private static string Default()
    {
        string beside = Path.Combine(AppContext.BaseDirectory, Name);
        string program = OperatingSystem.IsWindows() ? beside + ".exe" : beside;
        return File.Exists(program) ? program : beside + ".dll";
    }
}
