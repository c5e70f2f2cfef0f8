using System.Text.Json;
using MemOS.ModelHost;
using MemOS.Models.Llama.Protocol;

if (args is ["libraries", var folder])
{
    return LibraryCheck.Run(folder, Console.Out);
}

// The settings are the first line of standard input. The parent keeps it open: where it ends, the parent is gone, and so is the need for this process.
// Console.In would hold up whoever waits for a line.
using StreamReader parent = new(Console.OpenStandardInput());
string? line = await parent.ReadLineAsync();
if (line is null || JsonSerializer.Deserialize(line, ProtocolJson.Default.HostSettings) is not { } settings)
{
    Console.Error.WriteLine("This program is started by MemOS to hold a model; it is of no use by itself.");
    return 2;
}

return await HostProgram.RunAsync(settings, parent, Console.Out);
