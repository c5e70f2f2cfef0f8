using System.Collections.Concurrent;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Models.Llama;
using MemOS.Server.OpenAI;
using MemOS.Testing.Models;
using MemOS.Testing.Vaults;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Server.Tests.OpenAI;

/// <summary>Whose turn it is to be trained. Each try fails where it reads what was asked, so no model is needed.</summary>
public sealed class CartridgeTrainingTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-turns-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly BlockingCollection<string> _tries = [];
    private readonly WatchedEngine _engine;

    public CartridgeTrainingTests()
    {
        _engine = new WatchedEngine(_folder);
        _engine.OpeningPayload = vault =>
        {
            _tries.Add(vault.Value);
            throw new MemOSException(ErrorCodes.StorageFailed, "The test fails it.") { IsTransient = vault.Value.StartsWith("passing", StringComparison.Ordinal) };
        };
    }

    public void Dispose()
    {
        _tries.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task More_vaults_than_fit_are_not_opened_once_more_for_having_been_opened()
    {
        await using Trainer trainer = new(this, mostOpen: 2);
        for (int i = 0; i < 6; i++)
        {
            await using VaultLease lease = await trainer.Host.OpenAsync(new VaultId($"v{i}"), create: true);
        }

        await using VaultLease last = await trainer.Host.OpenAsync(new VaultId("last"), create: true);
        await trainer.OrderAsync(last);
        await trainer.StartAsync();
        Assert.Equal("last", Take()); // its turn comes after those of all others
        Assert.Equal(7, _engine.Openings);
    }

    [Fact]
    public async Task A_vault_with_many_orders_lets_others_have_their_turn()
    {
        await using Trainer trainer = new(this, mostOpen: 8);
        await using (VaultLease many = await trainer.Host.OpenAsync(new VaultId("many"), create: true))
        await using (VaultLease one = await trainer.Host.OpenAsync(new VaultId("one"), create: true))
        {
            for (int i = 0; i < 3; i++)
            {
                await trainer.OrderAsync(many);
            }

            await trainer.OrderAsync(one);
        }

        await trainer.StartAsync();
        Assert.Equal(["many", "one", "many", "many"], (string[])[Take(), Take(), Take(), Take()]);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_after_a_pause_three_times_at_most_and_holds_nobody_up()
    {
        await using Trainer trainer = new(this, mostOpen: 2);
        string[] passing = ["passing 0", "passing 1", "passing 2"];
        foreach (string name in passing)
        {
            await using VaultLease lease = await trainer.Host.OpenAsync(new VaultId(name), create: true);
            await trainer.OrderAsync(lease);
        }

        await using VaultLease last = await trainer.Host.OpenAsync(new VaultId("last"), create: true);
        await trainer.OrderAsync(last);
        await trainer.StartAsync();
        Assert.Equal([.. passing, "last"], (string[])[Take(), Take(), Take(), Take()]);
        foreach (int minutes in (int[])[1, 2])
        {
            await AfterAllAsync(trainer, last); // the turns have ended in which they were tried,
            await AfterAllAsync(trainer, last); // and those in which nothing was left to try
            int openings = _engine.Openings;
            await AfterAllAsync(trainer, last);
            Assert.Equal(openings, _engine.Openings); // whoever rests does not come again
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Equal(passing, ((string[])[Take(), Take(), Take()]).Order());
        }

        await AfterAllAsync(trainer, last);
        await using VaultLease failed = await trainer.Host.OpenAsync(new VaultId(passing[0]));
        TrainingOrder order = Assert.Single(failed.Vault.Training.List());
        Assert.Equal((true, 3, ErrorCodes.StorageFailed), (order.Job.IsDead, order.Job.Attempts, order.Job.Failure));
    }

    [Fact]
    public async Task A_vault_whose_orders_cannot_be_read_opens_all_the_same_and_the_log_says_so()
    {
        int looking = 0; // the thread that tells of the opening
        _engine.Reading = _ =>
        {
            if (Environment.CurrentManagedThreadId == Volatile.Read(ref looking))
            {
                throw new MemOSException(ErrorCodes.Corrupted, "The test fails it.");
            }
        };
        using KeptLog log = new();
        using LoggerFactory loggers = new([log]);
        await using Trainer trainer = new(this, mostOpen: 2, loggers.CreateLogger<CartridgeTraining>(), host => host.Opened += _ => Volatile.Write(ref looking, Environment.CurrentManagedThreadId));
        trainer.Host.Opened += _ => Volatile.Write(ref looking, 0);
        await using VaultLease lease = await trainer.Host.OpenAsync(new VaultId("unread"), create: true);
        await lease.Vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("The kettle is green."), Origin = OriginSignature.UserInput });
        Assert.Contains("unread", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ends_a_training_does_not_wait_for_what_ends_with_it()
    {
        CurrentTraining current = new();
        CubeId cartridge = CubeId.New(_clock);
        using CancellationTokenSource ending = new();
        TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration _ = ending.Token.Register(() =>
        {
            Thread asking = new(() => current.ProgressOf(cartridge)) { IsBackground = true };
            asking.Start();
            answered.SetResult(asking.Join(TimeSpan.FromSeconds(5)));
        });
        current.Begin(cartridge, ending);
        current.End(CubeId.New(_clock));
        Assert.False(ending.IsCancellationRequested);
        current.End(cartridge);
        Assert.True(await answered.Task.WaitAsync(Soon));
        current.Leave();
        Assert.Null(current.ProgressOf(cartridge));
    }

    // Its turn comes after those of all who wait now.
    private async Task AfterAllAsync(Trainer trainer, VaultLease last)
    {
        await trainer.OrderAsync(last);
        Assert.Equal("last", Take());
    }

    private string Take() => _tries.TryTake(out string? vault, Soon) ? vault : throw new TimeoutException();

    private sealed class Trainer : IAsyncDisposable
    {
        private readonly LocalModel _model = new(TestModels.Options("no-such-model.gguf"));
        private readonly ActivationMemory _memory;
        private readonly CartridgeTraining _training;

        public Trainer(CartridgeTrainingTests test, int mostOpen, ILogger<CartridgeTraining>? logger = null, Action<VaultHost>? made = null)
        {
            Host = new VaultHost(test._engine, new MemOSOptions { DataFolder = test._folder, MaximumOpenVaults = mostOpen }, test._clock);
            made?.Invoke(Host);
            _memory = new ActivationMemory(_model);
            _training = new CartridgeTraining(Host, _memory, test._clock, logger ?? NullLogger<CartridgeTraining>.Instance);
        }

        public VaultHost Host { get; }

        public Task StartAsync() => _training.StartAsync(CancellationToken.None);

        public async Task OrderAsync(VaultLease lease)
        {
            MemCube cube = await lease.Vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("The green kettle stands beside the old stove."), Origin = OriginSignature.UserInput });
            await lease.Vault.Training.AddAsync([cube], "{}"u8.ToArray());
            _training.Wake(lease.Vault.Id);
        }

        public async ValueTask DisposeAsync()
        {
            await _training.StopAsync(CancellationToken.None);
            _training.Dispose();
            await Host.DisposeAsync();
            await _memory.DisposeAsync();
            await _model.DisposeAsync();
        }
    }
}
