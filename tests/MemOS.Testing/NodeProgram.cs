using System.Diagnostics;

namespace MemOS.Testing;

/// <summary>Runs the programs of <c>tests/clients</c>.</summary>
public static class NodeProgram
{
    /// <summary>The folder of the programs.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryFolder.Path, "tests", "clients");

    /// <summary>Whether Node is on the path and the packages are there.</summary>
    public static bool IsInstalled { get; } = Directory.Exists(Path.Combine(Folder, "node_modules")) &&
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        ProcessStartInfo start = new("node", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using CancellationTokenSource late = new(TimeSpan.FromMinutes(3));
        using Process node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        try
        {
            Task<string> output = node.StandardOutput.ReadToEndAsync(late.Token);
            Task<string> error = node.StandardError.ReadToEndAsync(late.Token);
            await node.WaitForExitAsync(late.Token);
            return node.ExitCode == 0 ? await output : throw new InvalidOperationException($"{string.Join(' ', arguments)} failed: {await output}\n{await error}");
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
