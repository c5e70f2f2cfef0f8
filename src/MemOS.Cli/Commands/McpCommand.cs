using System.CommandLine;
using MemOS.Api;
using MemOS.Server.Mcp;

namespace MemOS.Cli.Commands;

/// <summary><c>memos mcp</c>: serves a vault over the Model Context Protocol on standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string?> server = new("--server")
        {
            Description = "A running memory server that holds the vault, so that several programs can share it; its key comes from MEMOS_KEY. Default: open the vault here.",
            HelpName = "URL",
        };
        Command command = new("mcp", "Serve a vault over the Model Context Protocol, for clients that start this program.") { server };
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Context(parsed), parsed.GetValue(server), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string? server, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            await using VaultHost host = VaultHost.OpenFolder(context.DataFolder);
            await MemoryMcpServer.RunStdioAsync(host.CreateClient(context.Vault.Value), context.DataFolder, cancellationToken);
            return ExitCodes.Done;
        }

        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new CliUsageException($"--server: '{server}' is no address of a server. Write it as http://127.0.0.1:8000.");
        }

        using MemoryServerConnection connection = new(address, Environment.GetEnvironmentVariable("MEMOS_KEY") is { Length: > 0 } key ? key : null);
        await MemoryMcpServer.RunStdioAsync(connection.CreateClient(context.Vault.Value), cancellationToken: cancellationToken);
        return ExitCodes.Done;
    }
}
