using System.Threading.Channels;
using MemOS.Activation;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary>
/// When a conversation begins: loads ahead the states of the vault that are worth most. After an answer: lets the scheduler make and give up states, and loads ahead what the
/// talk leads to. One vault at a time, beside the answers.
/// </summary>
internal sealed partial class ActivationUpkeep(VaultHost host, ActivationMemory memory, ILogger<ActivationUpkeep> logger) : BackgroundService
{
    private const int MostWaiting = 64;

    // What is not looked after now is when its vault is next talked to.
    private readonly Channel<(VaultId Vault, Caller Caller, bool Begins, string? Topic)> _waiting =
        Channel.CreateBounded<(VaultId, Caller, bool, string?)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Says that a conversation begins. Returns at once.</summary>
    public void Begin(VaultId vault, Caller caller) => _waiting.Writer.TryWrite((vault, caller, true, null));

    /// <summary>Says that an answer was given. Returns at once.</summary>
    public void Wake(VaultId vault, Caller caller, string? topic) => _waiting.Writer.TryWrite((vault, caller, false, topic));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach ((VaultId vault, Caller caller, bool begins, string? topic) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using VaultLease lease = await host.OpenAsync(vault, cancellationToken: stoppingToken);
                if (!begins)
                {
                    await memory.Scheduler.RunAsync(lease.Vault, topic, stoppingToken);
                }

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
