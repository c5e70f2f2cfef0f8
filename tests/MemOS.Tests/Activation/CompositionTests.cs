using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Activation;

/// <summary>Several states in one context, where a policy allows it.</summary>
public sealed class CompositionTests(TestModels models) : IClassFixture<TestModels>
{
    [LlamaFact]
    public async Task Recalled_memories_are_mounted_together_figures_are_read_beside_and_nobody_waits_for_ever()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = 2, ContextTokens = 250 }, contextTokens: 4096);
        MemCube[] cubes =
        [
            await fixture.Test.AddAsync("I drink tea in the morning and coffee after lunch."), await fixture.Test.AddAsync("My sister was born in 1980."), await fixture.Test.AddAsync("I like soup."),
        ];
        foreach (MemCube cube in cubes)
        {
            await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        }

        RecalledMemories recalled = new(fixture.Test.Vault, Caller.Owner, cubes);

        // More at once than there are sequences, each of which takes two.
        OpenContext[] used = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            await using OpenContext context = await fixture.Memory.OpenAsync(recalled, ActivationFixture.Question);
            await foreach (GeneratedPiece piece in context.GenerateAsync(new GenerationRequest { MostTokens = 2 }))
            {
            }

            return context;
        }));
        Assert.All(used, context => Assert.Equal(
            [(cubes[0].Id, "state"), (cubes[1].Id, "both"), (cubes[2].Id, "text")], context.Used.Select(memory => (memory.Cube, memory.Form))));
    }

    [LlamaFact]
    public async Task What_a_vault_says_of_its_own_of_how_much_is_computed_anew_holds_for_the_next_answer()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = 2, ContextTokens = 250, Recompute = 0 }, contextTokens: 4096);
        MemCube[] cubes = [await fixture.Test.AddAsync("I drink tea in the morning and coffee after lunch."), await fixture.Test.AddAsync("The dog of my sister likes soup.")];
        foreach (MemCube cube in cubes)
        {
            await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        }

        float[] none = await LogitsAsync();
        await fixture.Test.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"recompute":1}"""), fixture.Memory.Policies);
        float[] own = await LogitsAsync();
        await fixture.Test.Vault.States.SetPolicyAsync(OwnPolicy.None, fixture.Memory.Policies);
        Assert.Equal(none, await LogitsAsync());
        fixture.Memory.Policies = new TransitionPolicies(fixture.Memory.Policies.Usual with { Recompute = 1 });
        Assert.Equal(own, await LogitsAsync());
        Assert.NotEqual(none, own);

        async Task<float[]> LogitsAsync()
        {
            await using OpenContext context = await fixture.Memory.OpenAsync(new RecalledMemories(fixture.Test.Vault, Caller.Owner, cubes), ActivationFixture.Question);
            Assert.All(context.Used, memory => Assert.NotNull(memory.State));
            return (await context.Sequence.DecodeAsync(context.Rest, context.Position, Outputs.Last)).Logits;
        }
    }

    [LlamaFact]
    public async Task Answers_that_wait_to_set_states_behind_each_other_are_counted_like_all_that_wait()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = 2, ContextTokens = 250 }, contextTokens: 4096, mostWaiting: 2);
        MemCube[] cubes = [await fixture.Test.AddAsync("I drink tea in the morning and coffee after lunch."), await fixture.Test.AddAsync("I like soup.")];
        foreach (MemCube cube in cubes)
        {
            await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        }

        using ActivationChatClient client = new(fixture.Memory);
        ChatOptions options = new RecalledMemories(fixture.Test.Vault, Caller.Owner, cubes).AddTo(new ChatOptions { MaxOutputTokens = 2 });
        SequenceLease[] others = await fixture.Model.RentSequencesAsync(3, 0);
        Task<ChatResponse>[] waiting = [AskAsync(), AskAsync()];
        Assert.Equal(ModelErrorCodes.Busy, (await Assert.ThrowsAsync<ModelException>(AskAsync)).Code);
        foreach (SequenceLease other in others)
        {
            await other.DisposeAsync();
        }

        await Task.WhenAll(waiting);
        await AskAsync();

        Task<ChatResponse> AskAsync() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "what does she drink?")], options);
    }

    [LlamaFact]
    public async Task Where_the_context_keeps_one_sequence_the_texts_are_read_instead()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { MostStates = 2, ContextTokens = 250 }, contextTokens: 4096, sequences: 1);
        MemCube[] cubes = [await fixture.Test.AddAsync("I drink tea in the morning and coffee after lunch."), await fixture.Test.AddAsync("I like soup.")];
        foreach (MemCube cube in cubes)
        {
            await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        }

        await using OpenContext context = await fixture.Memory.OpenAsync(new RecalledMemories(fixture.Test.Vault, Caller.Owner, cubes), ActivationFixture.Question);
        Assert.All(context.Used, memory => Assert.Equal("text", memory.Form));
    }
}
