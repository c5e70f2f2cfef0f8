using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;

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
}
