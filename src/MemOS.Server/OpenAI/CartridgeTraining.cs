using System.Threading.Channels;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Models;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary>Trains the cartridges that were asked for, one at a time, in a process beside that of the answers. What the server's end interrupts begins anew when its vault is next opened.</summary>
internal sealed partial class CartridgeTraining : BackgroundService
{
    private const int MostWaiting = 4096;

    // A vault that is dropped is looked at when it is next opened.
    private readonly Channel<VaultId> _waiting = Channel.CreateBounded<VaultId>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Lock _gate = new();
    private readonly VaultHost _host;
    private readonly ActivationMemory _memory;
    private readonly ILogger<CartridgeTraining> _logger;
    private CubeId _current;
    private CartridgeProgress _progress;
    private CancellationTokenSource? _ending;

    public CartridgeTraining(VaultHost host, ActivationMemory memory, ILogger<CartridgeTraining> logger)
    {
        (_host, _memory, _logger) = (host, memory, logger);
        host.Opened += Wake;
    }

    /// <summary>Says that a vault may have an order. Returns at once.</summary>
    public void Wake(VaultId vault) => _waiting.Writer.TryWrite(vault);

    /// <summary>How far the training of a cartridge is; null for one that is not being trained now.</summary>
    public CartridgeProgress? ProgressOf(CubeId cartridge)
    {
        lock (_gate)
        {
            return _current == cartridge ? _progress : null;
        }
    }

    /// <summary>Ends the training of a cartridge whose order was taken back, if it is being trained.</summary>
    public void End(CubeId cartridge)
    {
        lock (_gate)
        {
            if (_current == cartridge)
            {
                _ending?.Cancel();
            }
        }
    }

    public override void Dispose()
    {
        _host.Opened -= Wake;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (VaultId vault in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using VaultLease lease = await _host.OpenAsync(vault, cancellationToken: stoppingToken);
                await lease.Vault.Training.SweepAsync(stoppingToken);
                while (lease.Vault.Training.List().FirstOrDefault(order => !order.Job.IsDead) is { } order)
                {
                    await TrainAsync(lease.Vault, order, stoppingToken);
                    await lease.Vault.Training.SweepAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // whatever it is, the orders are in the vault
            {
                LogPutOff(_logger, vault.Value, e);
            }
        }
    }

    private async Task TrainAsync(MemoryVault vault, TrainingOrder order, CancellationToken stoppingToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        lock (_gate)
        {
            (_current, _progress, _ending) = (order.Cartridge, default, ending);
        }

        try
        {
            IReadOnlyList<MemCube> sources = vault.States.Sources(order.Cubes);
            await _memory.Cartridges.TrainAsync(vault, order, new Told(this, () => vault.States.AreWhole(sources)), ending.Token);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            if (!vault.Training.List().Any(one => one.Cartridge == order.Cartridge))
            {
                return; // it was taken back, or its text was forgotten
            }

            string code = e switch
            {
                OperationCanceledException => ErrorCodes.VersionConflict, // its text was changed
                MemOSException known => known.Code,
                ModelException known => known.Code,
                _ => "internal_error",
            };
            bool mayPass = e is OperationCanceledException or MemOSException { Code: ErrorCodes.VersionConflict } or MemOSException { IsTransient: true } or ModelException { IsTransient: true };
            LogFailed(_logger, vault.Id.Value, order.Cartridge, code, e);
            await vault.Training.FailAsync(order, code, mayPass, stoppingToken);
        }
        finally
        {
            lock (_gate)
            {
                (_current, _ending) = (default, null);
            }
        }
    }

    private void Tell(CartridgeProgress progress, bool isStill)
    {
        lock (_gate)
        {
            _progress = progress;
            if (!isStill)
            {
                _ending?.Cancel();
            }
        }
    }

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "Vault {Vault}: cartridge {Cartridge} was not trained: {Code}")]
    private static partial void LogFailed(ILogger logger, string vault, CubeId cartridge, string code, Exception failure);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Vault {Vault}: its orders were not looked at; they are when it is next opened")]
    private static partial void LogPutOff(ILogger logger, string vault, Exception failure);

    // Hours of training for a text that is no longer so would be for nothing.
    private sealed class Told(CartridgeTraining owner, Func<bool> isStill) : IProgress<CartridgeProgress>
    {
        public void Report(CartridgeProgress value) => owner.Tell(value, isStill());
    }
}
