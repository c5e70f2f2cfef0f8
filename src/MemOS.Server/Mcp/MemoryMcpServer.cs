using MemOS.Api;
using MemOS.Server.Errors;
using MemOS.Server.Mcp.Stdio;

namespace MemOS.Server.Mcp;

/// <summary>A Model Context Protocol server on standard input and output, for clients that start it themselves.</summary>
public static class MemoryMcpServer
{
    /// <summary>Serves a vault until standard input ends and what was asked there is answered.</summary>
    /// <param name="memory">The vault.</param>
    /// <param name="dataFolder">The folder that the vault lies in, which errors do not name to the client; null when it lies elsewhere.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    public static async Task RunStdioAsync(IMemoryClient memory, string? dataFolder = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is the protocol's
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(memory);
        builder.Services.AddSingleton(new FailureReader(dataFolder));
        OpenRequests open = new();
        LineStream input = new(Console.OpenStandardInput(), open.Read, open.NoneAsync); // the transport stops work under way at the end of its input
        LineStream output = new(Console.OpenStandardOutput(), open.Wrote, static _ => Task.CompletedTask);
        builder.Services.AddMcpServer(McpSetup.Configure).WithStreamServerTransport(input, output).WithMemories();
        using IHost host = builder.Build();
        await host.RunAsync(cancellationToken);
    }
}
