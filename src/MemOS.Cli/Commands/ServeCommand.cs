using System.CommandLine;
using MemOS.Activation;
using MemOS.Server;

namespace MemOS.Cli.Commands;

/// <summary><c>memos serve</c>: runs the memory server in this process until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string> urls = new("--urls")
        {
            Description = "Where to listen; several are separated by semicolons.",
            HelpName = "URLS",
            DefaultValueFactory = _ => "http://127.0.0.1:8000",
        };
        Option<bool> noAuth = new("--no-auth") { Description = "Ask for no key. Only where nobody but this machine can connect." };
        Option<string?> upstream = new("--upstream") { Description = "The OpenAI-compatible endpoint behind /v1/chat/completions. Default: MEMOS_UPSTREAM; its key: MEMOS_UPSTREAM_KEY.", HelpName = "URL" };
        Option<string?> model = new("--upstream-model") { Description = "The model of that endpoint that is asked where a request names none, and that reads feedback. Default: MEMOS_UPSTREAM_MODEL.", HelpName = "NAME" };
        Option<string?> keyHeader = new("--key-header") { Description = "A further header in which clients may send their key, bare.", HelpName = "NAME" };
        Option<int?> openVaults = new("--open-vaults") { Description = "How many vaults stay open when nobody uses them. Default: 256.", HelpName = "N" };
        Option<int?> indexMemory = new("--index-memory") { Description = "What the indexes of open vaults may take before unused ones are closed. Default: 1024.", HelpName = "MB" };
        LocalModelOptionSet local = new();
        Command command = new("serve", "Run the memory server.") { urls, noAuth, upstream, model, keyHeader, openVaults, indexMemory };
        local.AddTo(command, "A local model behind /v1/chat/completions in place of an endpoint: a name out of 'memos model list', or the path of a GGUF file.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddConsole());
            await using LocalMemory? memory = local.Open(parsed, loggers.CreateLogger<ActivationMemory>());
            return await RunAsync(
                options.Context(parsed),
                parsed.GetRequiredValue(urls),
                settings => settings with
                {
                    RequireKey = !parsed.GetValue(noAuth),
                    Upstream = parsed.GetValue(upstream) is { } url ? ServerSettings.ToUpstream(url) : memory is null ? settings.Upstream : null,
                    UpstreamModel = parsed.GetValue(model) ?? settings.UpstreamModel,
                    KeyHeader = parsed.GetValue(keyHeader),
                    Model = memory?.Chat,
                    Policies = local.Policies(parsed),
                    MaximumOpenVaults = parsed.GetValue(openVaults) ?? settings.MaximumOpenVaults,
                    IndexMemoryBudget = parsed.GetValue(indexMemory) is { } megabytes ? (long)megabytes << 20 : settings.IndexMemoryBudget,
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string urls, Func<ServerSettings, ServerSettings> choose, CancellationToken cancellationToken)
    {
        // Standard output is for results, of which a server has none in JSON.
        await using WebApplication server = Build(() => choose(
            new ServerSettings().WithVariables() with { DataFolder = context.DataFolder, Urls = urls, Output = context.Json ? context.Error : context.Output }));
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new CliUsageException($"Cannot listen on {urls}: {exception.Message} Choose another address with --urls.");
        }

        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }

    private static WebApplication Build(Func<ServerSettings> settings)
    {
        try
        {
            return MemOSServer.Build(settings());
        }
        catch (ArgumentException exception)
        {
            throw new CliUsageException(exception.Message);
        }
    }
}
