using System.Collections.Concurrent;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Models;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary>
/// Trains the cartridges that were asked for, one at a time, in a process beside that of the answers. Vaults take turns, a cartridge each. What the server's end interrupts
/// begins anew when its vault is next opened.
/// </summary>
internal sealed partial class CartridgeTraining : BackgroundService
{
    // After a failure that may pass; twice as long after the next.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly VaultTurns _turns = new();
    private readonly CurrentTraining _current = new();
    private readonly ConcurrentDictionary<CubeId, bool> _resting = new();
    private readonly VaultHost _host;
    private readonly ActivationMemory _memory;
    private readonly TimeProvider _clock;
    private readonly ILogger<CartridgeTraining> _logger;

    public CartridgeTraining(VaultHost host, ActivationMemory memory, TimeProvider clock, ILogger<CartridgeTraining> logger)
    {
        (_host, _memory, _clock, _logger) = (host, memory, clock, logger);
        host.Opened += Look;
    }

    /// <summary>Says that a vault may have an order. Returns at once.</summary>
    public void Wake(VaultId vault) => _turns.Add(vault);

    /// <inheritdoc cref="CurrentTraining.ProgressOf"/>
    public CartridgeProgress? ProgressOf(CubeId cartridge) => _current.ProgressOf(cartridge);

    /// <summary>Ends the training of a cartridge whose order was taken back, if it is being trained.</summary>
    public void End(CubeId cartridge) => _current.End(cartridge);

    public override void Dispose()
    {
        _host.Opened -= Look;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (VaultId vault in _turns.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TakeTurnAsync(vault, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // whatever it is, the orders are in the vault
            {
                LogPutOff(_logger, vault.Value, e);
            }
        }
    }

    // Most vaults have no order: they are not opened once more for being opened.
    private void Look(MemoryVault vault)
    {
        try
        {
            if (vault.Training.AreDue())
            {
                Wake(vault.Id);
            }
        }
        catch (MemOSException e) // whoever opens the vault may have no need of its orders
        {
            LogPutOff(_logger, vault.Id.Value, e);
        }
    }

    private async Task TakeTurnAsync(VaultId vault, CancellationToken stoppingToken)
    {
        await using VaultLease lease = await OpenAsync(vault, stoppingToken);
        await lease.Vault.Training.SweepAsync(stoppingToken);
        if (lease.Vault.Training.List().FirstOrDefault(order => !order.Job.IsDead && !_resting.ContainsKey(order.Cartridge)) is { } order)
        {
            await TrainAsync(lease.Vault, order, stoppingToken);
            Wake(vault);
        }
    }

    private async Task<VaultLease> OpenAsync(VaultId vault, CancellationToken stoppingToken)
    {
        try
        {
            return await _host.OpenAsync(vault, cancellationToken: stoppingToken);
        }
        finally
        {
            _turns.Begin(vault); // not before it is open: this opening is no reason for another turn
        }
    }

    private async Task TrainAsync(MemoryVault vault, TrainingOrder order, CancellationToken stoppingToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _current.Begin(order.Cartridge, ending);
        try
        {
            IReadOnlyList<MemCube> sources = vault.States.Sources(order.Cubes);
            await _memory.Cartridges.TrainAsync(vault, order, new Told(_current, order.Cartridge, () => vault.States.AreWhole(sources)), ending.Token);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            await FailAsync(vault, order, e, stoppingToken);
        }
        finally
        {
            _current.Leave();
        }
    }

    private async Task FailAsync(MemoryVault vault, TrainingOrder order, Exception failure, CancellationToken stoppingToken)
    {
        if (!vault.Training.List().Any(one => one.Cartridge == order.Cartridge))
        {
            return; // it was taken back, or its text was forgotten
        }

        string code = failure switch
        {
            OperationCanceledException => ErrorCodes.VersionConflict, // its text was changed
            MemOSException known => known.Code,
            ModelException known => known.Code,
            _ => "internal_error",
        };
        bool isChanged = code == ErrorCodes.VersionConflict, mayPass = isChanged || failure is MemOSException { IsTransient: true } or ModelException { IsTransient: true };
        LogFailed(_logger, vault.Id.Value, order.Cartridge, code, failure);
        if (await vault.Training.FailAsync(order, code, mayPass, stoppingToken) && !isChanged)
        {
            _ = RestAsync(vault.Id, order, stoppingToken);
        }
    }

    private async Task RestAsync(VaultId vault, TrainingOrder order, CancellationToken stoppingToken)
    {
        _resting[order.Cartridge] = true;
        await Task.Delay(Pause * (order.Job.Attempts + 1), _clock, stoppingToken);
        _resting.TryRemove(order.Cartridge, out _);
        Wake(vault);
    }

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "Vault {Vault}: cartridge {Cartridge} was not trained: {Code}")]
    private static partial void LogFailed(ILogger logger, string vault, CubeId cartridge, string code, Exception failure);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Vault {Vault}: its orders were not looked at; they are when it is next opened")]
    private static partial void LogPutOff(ILogger logger, string vault, Exception failure);

    // Hours of training for a text that is no longer so would be for nothing.
    private sealed class Told(CurrentTraining current, CubeId cartridge, Func<bool> isStill) : IProgress<CartridgeProgress>
    {
        public void Report(CartridgeProgress value)
        {
            current.Tell(value);
            if (!isStill())
            {
                current.End(cartridge);
            }
        }
    }
}
