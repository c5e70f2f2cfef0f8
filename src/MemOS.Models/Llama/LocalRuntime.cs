using System.Diagnostics;
using System.Text.Json;
using MemOS.Models.Llama.Hosting;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama;

/// <summary>Whether local models can run here.</summary>
public static class LocalRuntime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Whether the libraries lie where they are looked for; says nothing about their release. Cheap.</summary>
    public static bool HasLibraries => LlamaLibraries.AreIn(LlamaLibraries.DefaultFolder);

    /// <summary>Loads the libraries in a process of their own and tells what they are. Never throws over what is missing: the report says it.</summary>
    /// <param name="libraries">Their folder; the default one where null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<LibraryReport> CheckAsync(string? libraries = null, CancellationToken cancellationToken = default) => CheckAsync(null, libraries, cancellationToken);

    /// <summary>The same with another program.</summary>
    internal static async Task<LibraryReport> CheckAsync(string? host, string? libraries, CancellationToken cancellationToken)
    {
        string folder = libraries ?? LlamaLibraries.DefaultFolder;
        try
        {
            ProcessStartInfo start = HostProgramFile.StartInfo(host, ["libraries", folder]);
            string program = HostProgramFile.Of(start);
            try
            {
                using Process process = Process.Start(start) ?? throw new ModelException(ModelErrorCodes.HostUnavailable, $"'{program}', which holds models, could not be started.");
                return await AskAsync(process, program, folder, cancellationToken).ConfigureAwait(false);
            }
            catch (System.ComponentModel.Win32Exception exception)
            {
                return Problem(folder, ModelErrorCodes.HostUnavailable, $"'{program}', which holds models, could not be started: {exception.Message}");
            }
        }
        catch (ModelException exception)
        {
            return Problem(folder, exception.Code, exception.Message);
        }
    }

    // A host says what it is before it loads anything: where that does not come, the libraries are not to blame.
    private static async Task<LibraryReport> AskAsync(Process process, string program, string folder, CancellationToken cancellationToken)
    {
        process.StandardInput.Close(); // nobody who waits for more is waited for
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine(); // read away, so that the process is not held up
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        bool isHost = false;
        try
        {
            isHost = await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } greeting && HostStarted.Parse(greeting).Version == HostStarted.OwnVersion;
            if (!isHost)
            {
                End(process); // it may have more to say than anybody reads
                return Problem(folder, ModelErrorCodes.HostUnavailable, $"'{program}' was started and did not answer as the program of version {HostStarted.OwnVersion} that holds models. Install the one that came with this version.");
            }

            string? line = await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return line is not null && JsonSerializer.Deserialize(line, ProtocolJson.Default.LibraryReport) is { } report ? report
                : Problem(folder, ModelErrorCodes.HostCrashed, $"The libraries in '{folder}' ended the process that loaded them (code {process.ExitCode}): a file is damaged, or not of this system. Delete the folder and fetch them anew with a build, or name an own build in {LlamaLibraries.FolderVariable}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            End(process);
            return Problem(folder, ModelErrorCodes.HostStalled, isHost ? $"The libraries in '{folder}' were not loaded within {Longest.TotalSeconds:F0} s."
                : $"'{program}' was started and did not answer within {Longest.TotalSeconds:F0} s as the program that holds models. Install the one that came with this version, or try again when the machine is less busy.");
        }
        catch (JsonException)
        {
            return Problem(folder, ModelErrorCodes.HostUnavailable, $"What '{program}' told of the libraries is not understood. Install the program that came with this version.");
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static LibraryReport Problem(string folder, string code, string message) => new() { Folder = folder, ProblemCode = code, Problem = message };
}
