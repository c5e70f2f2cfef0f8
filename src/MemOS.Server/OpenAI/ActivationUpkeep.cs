using System.Threading.Channels;
using MemOS.Activation;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary>After an answer: lets the scheduler make and give up states of the vault, and loads ahead what the talk leads to. One vault at a time, beside the answers.</summary>
internal sealed partial class ActivationUpkeep(VaultHost host, ActivationMemory memory, ILogger<ActivationUpkeep> logger) : BackgroundService
{
    private const int MostWaiting = 64;

    // What is not looked after now is when its vault is next talked to.
    private readonly Channel<(VaultId Vault, Caller Caller, string? Topic)> _waiting =
        Channel.CreateBounded<(VaultId, Caller, string?)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Asks for it. Returns at once.</summary>
    public void Wake(VaultId vault, Caller caller, string? topic) => _waiting.Writer.TryWrite((vault, caller, topic));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach ((VaultId vault, Caller caller, string? topic) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using VaultLease lease = await host.OpenAsync(vault, cancellationToken: stoppingToken);
                await memory.Scheduler.RunAsync(lease.Vault, topic, stoppingToken);
                await memory.Scheduler.LoadAheadAsync(lease.Vault, topic, caller, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // whatever it is, answers go on without it
            {
                LogPutOff(logger, vault.Value, e);
            }
        }
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "Vault {Vault}: its states were not looked after; they are when it is next talked to")]
    private static partial void LogPutOff(ILogger logger, string vault, Exception failure);
}
