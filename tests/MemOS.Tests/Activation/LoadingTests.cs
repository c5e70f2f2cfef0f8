using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Vaults;

namespace MemOS.Tests.Activation;

/// <summary>What is loaded ahead when not all can be, and what is counted.</summary>
public sealed class LoadingTests(TestModels models) : IClassFixture<TestModels>
{
    [LlamaTheory]
    [InlineData(RetentionOrder.LeastRecentlyUsed, "", false)]
    [InlineData(RetentionOrder.Similarity, "", false)]
    [InlineData(RetentionOrder.Labels, "work home", true)]
    [InlineData(RetentionOrder.Labels, "home work", false)]
    public async Task What_is_worth_least_under_the_vaults_policy_leaves_the_memory_first(RetentionOrder order, string labels, bool stays)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { Retention = order, Labels = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries) });
        MemoryVault vault = fixture.Test.Vault;
        MemCube tea = await AddAsync(fixture, "I drink tea in the morning, coffee after lunch.", "work"), dog = await AddAsync(fixture, "The dog is called Rex.", "home");
        MemCube teaState = await fixture.Memory.EncodeAsync(vault, [tea.Id]), dogState = await fixture.Memory.EncodeAsync(vault, [dog.Id]);

        // The model has four sequences, of which one may hold a state.
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "tea and coffee in the morning"));
        Assert.Equal(stays ? 0 : 1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "how the dog is called"));
        Assert.Equal([stays ? teaState.Id : dogState.Id], fixture.Memory.Scheduler.LoadingOf(vault.Id).States.AsEnumerable());
        Assert.Equal(stays ? new LoadStatistics(1, 0, 0, 0) : new LoadStatistics(2, 0, 0, 1), fixture.Memory.Scheduler.Loading);
    }

    [LlamaFact]
    public async Task A_state_that_is_larger_than_the_budget_does_not_keep_a_smaller_one_out()
    {
        await using ActivationFixture large = await ActivationFixture.OpenAsync(models);
        int bytesPerToken = (int)(await large.Model.DescribeAsync()).CacheBytesPerToken;
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MemoryBytes = 150 * bytesPerToken, PriorityFirst = true });
        MemoryVault vault = fixture.Test.Vault;
        MemCube first = await AddAsync(fixture, $"The dog {string.Concat(Enumerable.Repeat("runs and ", 20))}sleeps.", "x", priority: 5), second = await AddAsync(fixture, "Rex.", "x");
        await fixture.Memory.EncodeAsync(vault, [first.Id]);
        MemCube small = await fixture.Memory.EncodeAsync(vault, [second.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        Assert.Equal([small.Id], fixture.Memory.Scheduler.LoadingOf(vault.Id).States.AsEnumerable());
    }

    [LlamaFact]
    public async Task A_state_whose_time_is_over_leaves_the_memory_at_that_moment()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await vault.AddCubeAsync(new NewCube
        {
            Payload = new PlaintextPayload("Ann is in Rome until noon."),
            Origin = OriginSignature.UserInput,
            Governance = new GovernanceHeader { Lifespan = new Lifespan(fixture.Test.Clock.GetUtcNow().AddSeconds(90), null) },
        });
        await fixture.Memory.EncodeAsync(vault, [cube.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        fixture.Test.Clock.Advance(TimeSpan.FromSeconds(80));
        Assert.Single(fixture.Memory.Scheduler.LoadingOf(vault.Id).States);
        fixture.Test.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(fixture.Memory.Scheduler.LoadingOf(vault.Id).States);
    }

    [LlamaFact]
    public async Task Over_a_whole_conversation_loads_hits_misses_and_wasted_loads_are_what_a_reader_of_it_counts()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = 2 }, sequences: 5); // two may hold states
        MemoryVault vault = fixture.Test.Vault;
        ActivationScheduler scheduler = fixture.Memory.Scheduler;
        MemCube tea = await AddAsync(fixture, "I drink tea in the morning, coffee after lunch.", "x"), dog = await AddAsync(fixture, "The dog is called Rex.", "x"), car = await AddAsync(fixture, "My car is red and fast.", "x");
        foreach (MemCube cube in (MemCube[])[tea, dog, car])
        {
            await fixture.Memory.EncodeAsync(vault, [cube.Id]);
        }

        await AskAsync(tea);
        Assert.Equal(new LoadStatistics(0, 0, 1, 0), scheduler.Loading); // nothing is loaded
        await vault.SettleAsync(); // uses are counted off the path
        Assert.Equal(2, await scheduler.LoadAheadAsync(vault)); // tea, used last, and one more
        await AskAsync(tea);
        Assert.Equal(new LoadStatistics(2, 1, 1, 0), scheduler.Loading);
        await scheduler.LoadAheadAsync(vault, "how the dog is called");
        await scheduler.LoadAheadAsync(vault, "how fast the red car is");
        long loads = scheduler.Loading.Loads;
        Assert.Contains(loads, new long[] { 3, 4 }); // one of both was there
        Assert.Equal(loads - 3, scheduler.Loading.Wasted); // and left unused where it was the car, for the dog
        await AskAsync(dog, car);
        Assert.Equal(new LoadStatistics(loads, 2, 1, loads - 3), scheduler.Loading); // the first is there; the second, which is always read to be set behind it, counts as neither
        await vault.ForgetAsync(new Governance.ForgetScope { Cubes = [dog.Id] });
        await vault.ForgetAsync(new Governance.ForgetScope { Cubes = [car.Id] });
        Assert.Equal(0, scheduler.LoadedBytes);
        Assert.Equal(new LoadStatistics(loads, 2, 1, loads - 2), scheduler.Loading); // one was used, the other never
        Assert.Equal(scheduler.Loading, scheduler.LoadingOf(vault.Id).Statistics);
        Assert.Equal(LoadStatistics.None, scheduler.LoadingOf(new VaultId("other")).Statistics);

        async Task AskAsync(params MemCube[] cubes)
        {
            fixture.Test.Clock.Advance(TimeSpan.FromSeconds(1));
            await using OpenContext context = await fixture.Memory.OpenAsync(new RecalledMemories(vault, Governance.Caller.Owner, cubes), ActivationFixture.Question);
            Assert.Equal(cubes.Length, context.Parts.Count(part => part.State is not null));
        }
    }

    [LlamaTheory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_state_that_would_be_set_behind_another_takes_no_memory_ahead(int mostStates, int loads)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = mostStates }, sequences: 5); // two may hold states
        MemoryVault vault = fixture.Test.Vault;
        MemCube brief = await AddAsync(fixture, "The kettle is green.", "x"), full = await AddAsync(fixture, "The green kettle stands on the left side of the stove.", "x");
        await fixture.Memory.EncodeAsync(vault, [brief.Id]);
        MemCube first = await fixture.Memory.EncodeAsync(vault, [full.Id]);
        Assert.Equal(loads, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "the green kettle"));
        Assert.Contains(first.Id, fixture.Memory.Scheduler.LoadingOf(vault.Id).States);
        await using OpenContext context = await fixture.Memory.OpenAsync(new RecalledMemories(vault, Governance.Caller.Owner, [brief, full]), ActivationFixture.Question);
        Assert.Equal((mostStates, first.Id), (context.Parts.Count(part => part.State is not null), context.Parts[0].State));
        Assert.Equal(new LoadStatistics(loads, 1, 0, 0), fixture.Memory.Scheduler.Loading);
    }

    private static Task<MemCube> AddAsync(ActivationFixture fixture, string text, string tag, int priority = 0) => fixture.Test.Vault.AddCubeAsync(
        new NewCube { Payload = new PlaintextPayload(text), Origin = OriginSignature.UserInput, Tags = [tag], Governance = new GovernanceHeader { Priority = priority } });
}
