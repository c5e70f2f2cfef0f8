using System.Text.Json;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Says what it is, loads the libraries, tells what they are, each as one line of JSON, and ends: a bad library can only break this process.</summary>
internal static class LibraryCheck
{
    public static int Run(string folder, TextWriter output)
    {
        output.WriteLine(JsonSerializer.Serialize(new HostStarted { Version = HostStarted.OwnVersion }, ProtocolJson.Default.HostStarted));
        output.Flush(); // before a library can end the process
        LibraryReport report;
        try
        {
            LlamaLibraries.Load(folder);
            LlamaLibraries.AddAttention();
            report = new() { Folder = folder, Release = LlamaLibraries.Release, CpuVariant = LlamaLibraries.CpuVariant(), Features = LlamaLibraries.Features(), Devices = LlamaLibraries.Devices() };
        }
        catch (ModelException exception)
        {
            report = new() { Folder = folder, ProblemCode = exception.Code, Problem = exception.Message };
        }

        output.WriteLine(JsonSerializer.Serialize(report, ProtocolJson.Default.LibraryReport));
        return report.Problem is null ? 0 : 1;
    }
}
