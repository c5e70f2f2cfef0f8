using MemOS.Api;

namespace MemOS.Server.Mcp;

/// <summary>A Model Context Protocol server on standard input and output, for clients that start it themselves.</summary>
public static class MemoryMcpServer
{
    /// <summary>Serves a vault until standard input ends.</summary>
    /// <param name="memory">The vault.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    public static async Task RunStdioAsync(IMemoryClient memory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is the protocol's
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(memory);
        builder.Services.AddMcpServer(McpSetup.Configure).WithStdioServerTransport().WithMemories();
        using IHost host = builder.Build();
        await host.RunAsync(cancellationToken);
    }
}
