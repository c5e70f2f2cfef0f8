using System.Numerics.Tensors;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Testing.Models;

namespace MemOS.Tests.Activation;

/// <summary>A mounted state gives what the text at its place gives, to the last bit.</summary>
public sealed class ExactnessTests(TestModels models) : IClassFixture<TestModels>
{
    private const int Generated = 64;

    [LlamaTheory]
    [InlineData("llama")]
    [InlineData("qwen")]
    [InlineData("windowed")]
    public async Task Sixty_four_greedy_tokens_and_all_their_logits_equal_those_of_a_full_prefill(string kind)
    {
        string path = models.File($"{kind}.gguf");
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, path: path);
        MemCube[] cubes = [await fixture.Test.AddAsync("I drink tea in the morning."), await fixture.Test.AddAsync("I drink coffee after lunch.")];
        MemCube state = await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cubes[0].Id, cubes[1].Id]);
        List<float[]> mounted = [], computed = [];
        await using (OpenContext context = await OpenAsync(fixture.Memory, state.Id))
        {
            Assert.Equal(state.Id, Assert.Single(context.Parts).State);
            mounted = await LogitsAsync(context);
        }

        // A full prefill of the same tokens in another process, without any state.
        await using LocalModel other = new(TestModels.Options(path));
        await using (OpenContext context = await OpenAsync(new ActivationMemory(other), null))
        {
            Assert.Null(Assert.Single(context.Parts).State);
            computed = await LogitsAsync(context);
        }

        Assert.Equal(Generated, mounted.Count);
        for (int i = 0; i < Generated; i++)
        {
            Assert.Equal(computed[i], mounted[i]);
        }

        await using OpenContext bare = await fixture.Memory.OpenAsync(fixture.Test.Vault, [], ActivationFixture.Question, Caller.Owner);
        Assert.NotEqual(mounted[0], (await LogitsAsync(bare))[0]); // what is remembered is heard

        Task<OpenContext> OpenAsync(ActivationMemory memory, CubeId? mount) => memory.OpenAsync(fixture.Test.Vault, [new ContextPart(cubes, mount)], ActivationFixture.Question, Caller.Owner);
    }

    [LlamaFact]
    public async Task A_state_says_what_it_was_made_from_and_is_as_strict_as_the_strictest()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube first = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube second = await fixture.Test.Vault.UpdateAsync((await fixture.Test.AddAsync("I drink coffee after lunch.")).Id, new() { Governance = new GovernanceHeader { Sensitivity = Sensitivity.Secret } });
        MemCube state = await fixture.Memory.EncodeAsync(fixture.Test.Vault, [first.Id, second.Id]);
        Assert.Equal([(first.Id, 1), (second.Id, 2)], state.Lineage.Select(edge => (edge.Cube, edge.Version)));
        Assert.All(state.Lineage, edge => Assert.Equal(DerivationKind.TransformedFrom, edge.Kind));
        Assert.Equal(Sensitivity.Secret, state.Governance.Sensitivity);
        Assert.Equal((await fixture.Model.DescribeAsync()).Fingerprint, state.Descriptive.Model);
        Assert.Equal(state.Id, (await fixture.Memory.EncodeAsync(fixture.Test.Vault, [first.Id, second.Id])).Id);
        Assert.Equal([state.Id], fixture.Test.Vault.States.List().Select(cube => cube.Id));
        Assert.Equal(1, fixture.Test.AuditCount(AuditOperations.Encode));
        Assert.Empty(fixture.Test.Verify());
        await fixture.Test.ReopenAsync();
        await using OpenContext context = await fixture.Memory.OpenAsync(fixture.Test.Vault, [new ContextPart([first, second], state.Id)], ActivationFixture.Question, Caller.Owner);
        Assert.NotNull(context.Parts[0].State);
    }

    [LlamaFact]
    public async Task Eight_bit_keys_and_values_take_half_the_bytes_and_belong_to_their_own_kind_of_cache()
    {
        await using ActivationFixture plain = await ActivationFixture.OpenAsync(models);
        await using LocalModel small = new(TestModels.Options(models.Llama) with { CompactStates = true });
        ActivationMemory compact = new(small);
        MemCube cube = await plain.Test.AddAsync("I drink tea in the morning and I drink coffee after lunch, and after that nothing but water until the evening.");
        MemCube wide = await plain.Memory.EncodeAsync(plain.Test.Vault, [cube.Id]), narrow = await compact.EncodeAsync(plain.Test.Vault, [cube.Id]);
        Assert.NotEqual(wide.Id, narrow.Id);
        Assert.InRange(((StoredPayload)narrow.Payload).Length, 1, ((StoredPayload)wide.Payload).Length * 2 / 3);
        await using OpenContext context = await plain.OpenAsync(cube, narrow.Id);
        Assert.Null(Assert.Single(context.Parts).State);
    }

    private static async Task<List<float[]>> LogitsAsync(OpenContext context)
    {
        List<float[]> rows = [];
        ReadOnlyMemory<int> next = context.Rest;
        for (int position = context.Position; rows.Count < Generated; position += next.Length, next = new[] { TensorPrimitives.IndexOfMax(rows[^1]) })
        {
            rows.Add((await context.Sequence.DecodeAsync(next, position, Outputs.Last)).Logits);
        }

        return rows;
    }
}
