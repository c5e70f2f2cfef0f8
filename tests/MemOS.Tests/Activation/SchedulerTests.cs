using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Tests.Activation;

/// <summary>The scheduler over a real vault and a real model.</summary>
public sealed class SchedulerTests(TestModels models) : IClassFixture<TestModels>
{
    private const string Long = "I drink tea in the morning, coffee after lunch, and water in the evening.";

    private static readonly TransitionPolicy Eager = new() { PromoteHeat = 2, StableFor = TimeSpan.FromMinutes(5), LeastTokens = 10 };

    [LlamaFact]
    public async Task What_is_used_often_and_does_not_change_becomes_a_state_and_turns_to_text_when_it_cools()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, Eager);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync(Long);
        await UseAsync(fixture, "tea in the morning", 3);
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault)); // too young
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(6));
        TransitionDecision promoted = Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault));
        Assert.Equal((TransitionKind.Promote, cube.Id), (promoted.Kind, promoted.Cube));
        MemCube state = Assert.Single(vault.States.List());
        Assert.Equal($"{promoted.Reason}; text of {cube.Id}", Assert.Single(vault.Audit(new AuditQuery { Operation = AuditOperations.Promote, Cube = state.Id })).Detail);
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault));

        fixture.Test.Clock.Advance(TimeSpan.FromDays(30));
        TransitionDecision demoted = Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault));
        Assert.Equal((TransitionKind.Demote, state.Id), (demoted.Kind, demoted.State));
        Assert.Equal($"{demoted.Reason}; text of {cube.Id}", Assert.Single(vault.Audit(new AuditQuery { Operation = AuditOperations.Demote })).Detail);
        Assert.Empty(vault.States.List());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(fixture.Test.VaultFolder, "payloads"), "*", SearchOption.AllDirectories));
        Assert.Equal(Long, vault.Find(cube.Id)?.Text);
    }

    [LlamaFact]
    public async Task What_is_said_again_and_again_is_as_stable_as_what_was_said_once()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, Eager);
        MemoryVault vault = fixture.Test.Vault;
        DateTimeOffset first = fixture.Test.Clock.GetUtcNow();
        MemCube cube = await fixture.Test.AddAsync(Long);
        await UseAsync(fixture, "tea in the morning", 3);
        for (int minute = 0; minute < 6; minute++)
        {
            fixture.Test.Clock.Advance(TimeSpan.FromMinutes(1));
            await fixture.Test.AddAsync(Long, id: $"again {minute}");
        }

        await vault.SettleAsync();
        Assert.Equal((7, CubeState.Merged), (vault.Find(cube.Id)?.Version, vault.Find(cube.Id)?.State));
        TransitionCandidate candidate = Assert.Single((await fixture.Memory.Scheduler.TraceAsync(vault)).Candidates);
        Assert.InRange(candidate.StableSince, first, first.AddSeconds(1));
        Assert.Equal(TransitionKind.Promote, Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)).Kind);
        await fixture.Test.AddAsync(Long, id: "once more");
        await vault.SettleAsync();
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault)); // it keeps its state

        await vault.UpdateAsync(cube.Id, new CubeUpdate { Text = Long.Replace("tea", "cocoa", StringComparison.Ordinal) });
        Assert.Equal(fixture.Test.Clock.GetUtcNow(), Assert.Single((await fixture.Memory.Scheduler.TraceAsync(vault)).Candidates, one => one.State is null).StableSince, TimeSpan.FromSeconds(1));
    }

    [LlamaFact]
    public async Task States_on_disk_keep_within_their_budget_and_what_was_estimated_is_not_less_than_what_they_take()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, Eager with { DiskBytes = 100_000 });
        MemoryVault vault = fixture.Test.Vault;
        for (int i = 0; i < 6; i++)
        {
            await fixture.Test.AddAsync($"{Long} Number {i}.", id: $"m{i}");
        }

        await UseAsync(fixture, "tea coffee water", 3);
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(6));
        await fixture.Memory.Scheduler.RunAsync(vault);
        IReadOnlyList<MemCube> states = vault.States.List();
        Assert.InRange(states.Count, 1, 5);
        long disk = Directory.EnumerateFiles(Path.Combine(fixture.Test.VaultFolder, "payloads"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.InRange(disk, 1, 100_000);
        ModelDescription model = await fixture.Model.DescribeAsync();
        Assert.All(states, state => Assert.InRange(
            ((StoredPayload)state.Payload).Length, 1, ActivationScheduler.StateBytesAtMost(model, KVStateFormat.TryParse(((StoredPayload)state.Payload).Format)?.Tokens ?? 0)));
    }

    [LlamaFact]
    public async Task A_policy_that_a_vault_was_given_a_moment_ago_is_obeyed_and_so_is_the_operators_again()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { PromoteHeat = 100, LeastTokens = 10 });
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync(Long);
        await UseAsync(fixture, "tea in the morning", 3);
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault));
        await vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"promote_heat":2,"stable_for":"00:05:00"}"""), fixture.Memory.Policies);
        Assert.Equal((TransitionKind.Promote, cube.Id), Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)) is var made ? (made.Kind, made.Cube) : default);
        MemCube state = Assert.Single(vault.States.List());
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        RecalledMemories recalled = new(vault, Caller.Owner, [cube]);
        await using (OpenContext mounted = await fixture.Memory.OpenAsync(recalled, ActivationFixture.Question))
        {
            Assert.Equal(state.Id, Assert.Single(mounted.Used).State);
        }

        // No state in a context, none loaded ahead, none on disk: each holds from then on, and for what is asked for by hand.
        await vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"promote_heat":2,"most_states":0,"memory_bytes":0,"disk_bytes":0}"""), fixture.Memory.Policies);
        await using (OpenContext read = await fixture.Memory.OpenAsync(recalled, ActivationFixture.Question))
        {
            Assert.Null(Assert.Single(read.Used).State);
        }

        Assert.Equal(0, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        Assert.Equal(TransitionKind.Demote, Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)).Kind);
        Assert.Equal(ErrorCodes.BudgetExceeded, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.EncodeAsync(vault, [cube.Id]))).Code);
        await vault.States.SetPolicyAsync(OwnPolicy.None, fixture.Memory.Policies);
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault));
        await fixture.Memory.EncodeAsync(vault, [cube.Id]);
    }

    [LlamaFact]
    public async Task An_edited_text_loses_its_state_and_gets_a_new_one_when_it_has_settled()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, Eager);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync(Long);
        await UseAsync(fixture, "tea in the morning", 4);
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(6));
        await fixture.Memory.Scheduler.RunAsync(vault);
        await vault.UpdateAsync(cube.Id, new CubeUpdate { Text = Long.Replace("tea", "cocoa", StringComparison.Ordinal) });
        Assert.Equal(TransitionKind.Demote, Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)).Kind);
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(TransitionKind.Promote, Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)).Kind);
        Assert.Equal(2, Assert.Single(Assert.Single(vault.States.List()).Lineage).Version);
    }

    [LlamaFact]
    public async Task States_loaded_ahead_are_mounted_from_memory_and_counted()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube tea = await fixture.Test.AddAsync(Long), dog = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube teaState = await fixture.Memory.EncodeAsync(vault, [tea.Id]), dogState = await fixture.Memory.EncodeAsync(vault, [dog.Id]);
        await using (OpenContext cold = await fixture.OpenAsync(tea, teaState.Id))
        {
            float[] expected = (await cold.Sequence.DecodeAsync(cold.Rest, cold.Position, Outputs.Last)).Logits;
            Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "what does she drink, tea or coffee?"));
            await using OpenContext warm = await fixture.OpenAsync(tea, teaState.Id);
            Assert.Equal(teaState.Id, warm.Parts[0].State);
            float[] loaded = (await warm.Sequence.DecodeAsync(warm.Rest, warm.Position, Outputs.Last)).Logits;
            Assert.All(expected.Zip(loaded), pair => Assert.Equal(pair.First, pair.Second, 4f / 1000)); // the cache is laid out differently beside others
        }

        Assert.Equal(new LoadStatistics(1, 1, 1, 0), fixture.Memory.Scheduler.Loading);
        Assert.True(fixture.Memory.Scheduler.LoadedBytes > 0);

        // The model has four sequences, of which one may hold a state: the other one makes room.
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "the dog"));
        await using (OpenContext missed = await fixture.OpenAsync(tea, teaState.Id))
        {
            Assert.Equal(new LoadStatistics(2, 1, 2, 0), fixture.Memory.Scheduler.Loading);
        }

        await vault.UpdateAsync(dog.Id, new CubeUpdate { Text = "The dog is called Max." });
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault)); // the beginning of a conversation: what is worth most of what is left
        Assert.Equal(new LoadStatistics(3, 1, 2, 1), fixture.Memory.Scheduler.Loading);
        Assert.Equal(MountObstacle.SourceChanged, vault.States.Check(dogState.Id, await fixture.Memory.BindingAsync()).Obstacle);
    }

    [LlamaFact]
    public async Task A_right_that_was_taken_away_is_gone_for_a_state_that_is_in_memory()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        Caller bob = Caller.Named("Bob");
        MemCube cube = await fixture.Test.AddAsync(Long);
        MemCube state = await fixture.Memory.EncodeAsync(vault, [cube.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "tea", bob));
        await using (OpenContext context = await fixture.OpenAsync(cube, state.Id, bob))
        {
            Assert.NotNull(context.Parts[0].State);
        }

        await vault.UpdateAsync(cube.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Readers = ["Ann"] } } });
        await using OpenContext refused = await fixture.OpenAsync(cube, state.Id, bob);
        Assert.Empty(refused.Parts);
        Assert.Equal(0, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "tea", bob));
        Assert.Equal(0, fixture.Memory.Scheduler.LoadedBytes);
    }

    [LlamaFact]
    public async Task What_was_loaded_ahead_and_is_not_wanted_leaves_and_lets_the_model_sleep()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube cube = await fixture.Test.AddAsync(Long);
        await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        await fixture.Memory.Scheduler.LoadAheadAsync(fixture.Test.Vault);
        Assert.True(fixture.Memory.Scheduler.LoadedBytes > 0);
        fixture.Test.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Empty(fixture.Memory.Scheduler.LoadingOf(fixture.Test.Vault.Id).States); // its bytes count until the model's process has let it go
        Assert.Equal(1, fixture.Memory.Scheduler.Loading.Wasted);
    }

    [LlamaFact]
    public async Task A_budget_of_memory_that_is_too_small_loads_nothing()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, Eager with { MemoryBytes = 1000 });
        MemCube cube = await fixture.Test.AddAsync(Long);
        await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        Assert.Equal(0, await fixture.Memory.Scheduler.LoadAheadAsync(fixture.Test.Vault));
        Assert.Equal(0, fixture.Memory.Scheduler.LoadedBytes);
    }

    private static async Task UseAsync(ActivationFixture fixture, string question, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.NotEmpty(await fixture.Test.RecallAsync(question));
        }
    }
}
