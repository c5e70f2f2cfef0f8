using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Testing.Vaults;
using MemOS.Vaults;

namespace MemOS.Tests;

public sealed class VaultHostTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly WatchedEngine _engine;

    public VaultHostTests() => _engine = new WatchedEngine(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_console_program_remembers_in_three_lines()
    {
        string data = Path.Combine(_folder.Path, "data");
        await using (VaultHost host = VaultHost.OpenFolder(data))
        {
            await using VaultLease lease = await host.OpenAsync(new VaultId("alice"), create: true);
            await lease.Vault.AddAsync([Said("The spare key lies under the blue flower pot.")]);
        }

        await using VaultHost again = VaultHost.OpenFolder(data);
        await using VaultLease reopened = await again.OpenAsync(new VaultId("alice"));
        RecallResult found = await reopened.Vault.RecallAsync(new RecallQuery { Text = "Where is the spare key?" });
        Assert.Contains("flower pot", Assert.Single(found.Hits).Cube.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_openings_of_one_vault_share_one_opening()
    {
        await using VaultHost host = Host();
        TaskCompletionSource gate = new();
        _engine.Gate = gate.Task;
        Task<VaultLease>[] asked = [.. Enumerable.Range(0, 32).Select(_ => host.OpenAsync(new VaultId("v"), create: true))];
        Assert.All(asked, task => Assert.False(task.IsCompleted));
        gate.SetResult();
        VaultLease[] leases = await Task.WhenAll(asked).WaitAsync(Soon);
        Assert.Equal(1, _engine.Openings);
        Assert.All(leases, lease => Assert.Same(leases[0].Vault, lease.Vault));
        await ReleaseAsync(leases);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_the_opening_of_others()
    {
        await using VaultHost host = Host();
        TaskCompletionSource gate = new();
        _engine.Gate = gate.Task;
        using CancellationTokenSource impatient = new();
        Task<VaultLease> first = host.OpenAsync(new VaultId("v"), create: true, impatient.Token);
        Task<VaultLease> second = host.OpenAsync(new VaultId("v"), create: true);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await using VaultLease lease = await second.WaitAsync(Soon);
        Assert.Equal(new VaultId("v"), lease.Vault.Id);
    }

    [Fact]
    public async Task An_unknown_vault_is_reported_and_leaves_nothing_behind()
    {
        await using VaultHost host = Host();
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => host.OpenAsync(new VaultId("nobody")));
        Assert.Equal(ErrorCodes.VaultNotFound, refused.Code);
        Assert.Equal(0, host.OpenCount);
        Assert.False(host.Exists(new VaultId("nobody")));
    }

    [Fact]
    public async Task A_vault_that_one_caller_wants_and_another_creates_is_given_to_both()
    {
        await using VaultHost host = Host();
        TaskCompletionSource gate = new();
        _engine.Gate = gate.Task;
        Task<VaultLease> existing = host.OpenAsync(new VaultId("v"));
        Task<VaultLease> creating = host.OpenAsync(new VaultId("v"), create: true);
        gate.SetResult();
        await Assert.ThrowsAsync<MemOSException>(() => existing.WaitAsync(Soon)); // it was first, and there was none
        await using VaultLease lease = await creating.WaitAsync(Soon);
        await using VaultLease later = await host.OpenAsync(new VaultId("v")).WaitAsync(Soon);
        Assert.Same(lease.Vault, later.Vault);
    }

    [Fact]
    public async Task Of_many_who_create_a_vault_one_succeeds()
    {
        await using VaultHost host = Host();
        int created = 0;
        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                await using VaultLease lease = await host.CreateAsync(new VaultId("v"));
                Interlocked.Increment(ref created);
            }
            catch (MemOSException e) when (e.Code == ErrorCodes.VaultExists)
            {
                Interlocked.Increment(ref refused);
            }
        }))).WaitAsync(Soon);
        Assert.Equal((1, 15), (created, refused));
    }

    [Fact]
    public async Task Three_hundred_vaults_fit_a_budget_of_eight()
    {
        await using VaultHost host = Host(options => options.MaximumOpenVaults = 8);
        for (int i = 0; i < 300; i++)
        {
            await using VaultLease lease = await host.OpenAsync(Name(i), create: true);
            await lease.Vault.AddAsync([Said($"Locker {i} holds the violin of musician {i}.")]);
        }

        Assert.InRange(_engine.MostOpen, 1, 8);
        Assert.Equal(300, host.List().Count);
        foreach (int i in (int[])[0, 17, 299])
        {
            await using VaultLease lease = await host.OpenAsync(Name(i));
            RecallResult found = await lease.Vault.RecallAsync(new RecallQuery { Text = $"violin of musician {i}" });
            Assert.Contains($"Locker {i} ", found.Hits[0].Cube.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_least_recently_used_vault_goes_first()
    {
        await using VaultHost host = Host(options => options.MaximumOpenVaults = 2);
        MemoryVault first = await TouchAsync(host, "a");
        MemoryVault second = await TouchAsync(host, "b");
        Assert.Same(first, await TouchAsync(host, "a"));
        await TouchAsync(host, "c"); // b has to go
        Assert.Same(first, await TouchAsync(host, "a"));
        Assert.NotSame(second, await TouchAsync(host, "b"));
    }

    [Fact]
    public async Task The_memory_budget_closes_vaults_as_the_count_does()
    {
        // A vault counts as one MiB at least.
        await using VaultHost host = Host(options => options.IndexMemoryBudget = 4 << 20);
        for (int i = 0; i < 12; i++)
        {
            await TouchAsync(host, $"v{i}");
        }

        Assert.InRange(_engine.MostOpen, 1, 4);
    }

    [Fact]
    public async Task Vaults_in_use_stay_open_above_the_budget()
    {
        await using VaultHost host = Host(options => options.MaximumOpenVaults = 1);
        VaultLease[] leases = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => host.OpenAsync(Name(i), create: true)));
        Assert.Equal(5, _engine.Open);
        Assert.Equal(5, leases.Select(lease => lease.Vault.Statistics().Cubes == 0 ? lease.Vault.Id : default).Distinct().Count());
        await ReleaseAsync(leases);
        await using VaultLease one = await host.OpenAsync(Name(9), create: true).WaitAsync(Soon);
        Assert.InRange(_engine.MostOpen, 5, 6);
    }

    [Fact]
    public async Task Many_users_of_many_vaults_lose_nothing()
    {
        await using VaultHost host = Host(options => options.MaximumOpenVaults = 3);
        const int Users = 8, Rounds = 40, Vaults = 10;
        await Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(async () =>
        {
            Random random = new(user);
            for (int round = 0; round < Rounds; round++)
            {
                await using VaultLease lease = await host.OpenAsync(Name(random.Next(Vaults)), create: true);
                await lease.Vault.AddAsync([Said($"user {user} round {round}")]);
            }
        }))).WaitAsync(TimeSpan.FromMinutes(5));

        long messages = 0;
        foreach (VaultId id in host.List())
        {
            await using VaultLease lease = await host.OpenAsync(id);
            messages += lease.Vault.Statistics().Messages;
        }

        Assert.Equal(Users * Rounds, messages);
        Assert.Empty(_engine.OpenedTwice);
    }

    [Fact]
    public async Task Deleting_waits_for_who_uses_the_vault_and_holds_off_who_wants_it()
    {
        await using VaultHost host = Host();
        VaultLease lease = await host.OpenAsync(new VaultId("v"), create: true);
        Task<bool> deleting = host.DeleteAsync(new VaultId("v"));
        Task<VaultLease> wanting = host.OpenAsync(new VaultId("v"));
        Assert.False(deleting.IsCompleted);
        Assert.False(wanting.IsCompleted);
        await lease.DisposeAsync();
        Assert.True(await deleting.WaitAsync(Soon));
        await Assert.ThrowsAsync<MemOSException>(() => wanting.WaitAsync(Soon));
        Assert.False(host.Exists(new VaultId("v")));
        Assert.False(await host.DeleteAsync(new VaultId("v")));
    }

    [Fact]
    public async Task A_vault_that_is_not_given_back_in_time_is_not_deleted()
    {
        await using VaultHost host = Host(options => options.ReleaseTimeout = TimeSpan.FromMilliseconds(50));
        await using VaultLease lease = await host.OpenAsync(new VaultId("v"), create: true);
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => host.DeleteAsync(new VaultId("v")));
        Assert.Equal(ErrorCodes.VaultInUse, refused.Code);
        Assert.True(refused.IsTransient);
        await lease.Vault.AddAsync([Said("Still here.")]);
        await using VaultLease another = await host.OpenAsync(new VaultId("v")).WaitAsync(Soon);
        Assert.Same(lease.Vault, another.Vault);
    }

    [Fact]
    public async Task Deleting_and_recreating_at_the_same_time_ends_well()
    {
        await using VaultHost host = Host();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            for (int round = 0; round < 15; round++)
            {
                VaultId id = Name((worker + round) % 3);
                if (worker % 2 == 0)
                {
                    await host.DeleteAsync(id);
                    continue;
                }

                await using VaultLease lease = await host.OpenAsync(id, create: true);
                await lease.Vault.AddAsync([Said($"worker {worker} round {round}")]);
            }
        }))).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(_engine.OpenedTwice);
    }

    [Fact]
    public async Task Closing_the_host_closes_every_vault_and_refuses_new_work()
    {
        VaultHost host = Host();
        await TouchAsync(host, "a");
        await TouchAsync(host, "b");
        await host.DisposeAsync();
        Assert.Equal(0, _engine.Open);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.OpenAsync(new VaultId("a")));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_no_longer_good()
    {
        await using VaultHost host = Host();
        VaultLease lease = await host.OpenAsync(new VaultId("v"), create: true);
        await lease.DisposeAsync();
        await lease.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => lease.Vault);
    }

    [Theory]
    [InlineData(0, 1L << 30, 1)]
    [InlineData(1, 1024, 1)]
    [InlineData(1, 1L << 30, -1)]
    public void Options_out_of_range_are_refused(int vaults, long bytes, int seconds) => Assert.Throws<ArgumentException>(() => Host(options =>
    {
        options.MaximumOpenVaults = vaults;
        options.IndexMemoryBudget = bytes;
        options.ReleaseTimeout = TimeSpan.FromSeconds(seconds);
    }));

    private static VaultId Name(int i) => new($"vault {i}");

    private static Message Said(string text) => new() { Id = "", Text = text, Time = new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.Zero) };

    private static async Task<MemoryVault> TouchAsync(VaultHost host, string name)
    {
        await using VaultLease lease = await host.OpenAsync(new VaultId(name), create: true).WaitAsync(Soon);
        return lease.Vault;
    }

    private static async Task ReleaseAsync(IEnumerable<VaultLease> leases)
    {
        foreach (VaultLease lease in leases)
        {
            await lease.DisposeAsync();
        }
    }

    private VaultHost Host(Action<MemOSOptions>? configure = null)
    {
        MemOSOptions options = new();
        configure?.Invoke(options);
        return new VaultHost(_engine, options);
    }
}
