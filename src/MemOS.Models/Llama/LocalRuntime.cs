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
    public static async Task<LibraryReport> CheckAsync(string? libraries = null, CancellationToken cancellationToken = default)
    {
        string folder = libraries ?? LlamaLibraries.DefaultFolder;
        try
        {
            using Process process = Process.Start(HostProgramFile.StartInfo(null, ["libraries", folder])) ?? throw new ModelException(ModelErrorCodes.HostUnavailable, "The program that holds models could not be started.");
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine(); // read away, so that the process is not held up
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Longest);
            try
            {
                string? line = await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return line is not null && JsonSerializer.Deserialize(line, ProtocolJson.Default.LibraryReport) is { } report ? report
                    : Problem(folder, ModelErrorCodes.HostCrashed, $"The libraries in '{folder}' ended the process that loaded them (code {process.ExitCode}): a file is damaged, or not of this system. Delete the folder and fetch them anew with a build, or name an own build in {LlamaLibraries.FolderVariable}.");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill();
                return Problem(folder, ModelErrorCodes.HostStalled, $"The libraries in '{folder}' were not loaded within {Longest.TotalSeconds:F0} s.");
            }
        }
        catch (ModelException exception)
        {
            return Problem(folder, exception.Code, exception.Message);
        }
        catch (JsonException)
        {
            return Problem(folder, ModelErrorCodes.HostUnavailable, $"The program that holds models is not the one that came with this version; install that one.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return Problem(folder, ModelErrorCodes.HostUnavailable, $"The program that holds models could not be started: {exception.Message}");
        }
    }

    private static LibraryReport Problem(string folder, string code, string message) => new() { Folder = folder, ProblemCode = code, Problem = message };
}
