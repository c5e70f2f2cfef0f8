using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class JoiningTests
{
    private static NewCube Note(string text, GovernanceHeader? governance = null) => new()
    {
        Payload = new PlaintextPayload(text),
        Origin = OriginSignature.UserInput,
        Governance = governance ?? GovernanceHeader.Default,
    };

    [Fact]
    public async Task Fusing_joins_text_and_provenance_under_the_stricter_rules_and_unfusing_restores_both_byte_for_byte()
    {
        await using TestVault test = await TestVault.OpenAsync();
        DateTimeOffset end = test.Clock.GetUtcNow().AddDays(1);
        MemCube left = await test.Vault.AddCubeAsync(Note("Ann has a dog.", new GovernanceHeader { Sensitivity = Sensitivity.Personal }));
        MemCube right = await test.Vault.AddCubeAsync(Note("The dog is called Rex.", new GovernanceHeader { Lifespan = new Lifespan(end) }));
        MemCube fused = await test.Vault.FuseAsync([left.Id, right.Id]);
        Assert.Equal("Ann has a dog.\nThe dog is called Rex.", fused.Text);
        Assert.Equal((Sensitivity.Personal, end), (fused.Governance.Sensitivity, fused.Governance.Lifespan.ExpiresAt));
        Assert.Equal([left.Id, right.Id], fused.Lineage.Select(derivation => derivation.Cube));
        Assert.Equal(CubeState.Archived, test.Vault.Find(left.Id)!.State);
        Assert.Equal([fused.Text!], await test.RecallAsync("dog Rex"));

        ImmutableArray<MemCube> parts = await test.Vault.UnfuseAsync(fused.Id);
        Assert.Empty(CubeDiff.Between(left, parts[0]));
        Assert.Empty(CubeDiff.Between(right, parts[1]));
        Assert.Equal(left.Governance, parts[0].Governance);
        Assert.Equal(["Ann has a dog.", "The dog is called Rex."], (await test.RecallAsync("dog Rex")).Order());
    }

    [Fact]
    public async Task The_parts_of_a_sliced_cube_joined_again_equal_the_original()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube whole = await test.AddAsync("First part. Second part. Third part.");
        ImmutableArray<MemCube> parts = await test.Vault.SliceAsync(whole.Id, [12, 25]);
        Assert.Equal(["First part. ", "Second part. ", "Third part."], parts.Select(part => part.Text!));
        Assert.All(parts, part => Assert.Equal((DerivationKind.SlicedFrom, whole.Id), (part.Lineage[0].Kind, part.Lineage[0].Cube)));
        Assert.Empty(CubeDiff.Between(whole, await test.Vault.JoinAsync(whole.Id)));
        Assert.Equal(ErrorCodes.InvalidInput, await TestVault.CodeOf(() => test.Vault.SliceAsync(whole.Id, [0])));
    }

    [Fact]
    public async Task A_composite_of_unlike_cubes_resolves_to_one_plan_in_which_each_part_keeps_its_rules()
    {
        await using TestVault test = await TestVault.OpenAsync();
        byte[] adapter = Encoding.UTF8.GetBytes("not really an adapter");
        StoredPayload staged = await test.Vault.StagePayloadAsync(PayloadKind.Parametric, new MemoryStream(adapter), "application/octet-stream");
        GovernanceHeader secret = new() { Access = new AccessScope { Layer = AccessLayer.Private, Readers = ["ann"] } };
        MemCube text = await test.Vault.AddCubeAsync(Note("Speak plainly."));
        MemCube lora = await test.Vault.AddCubeAsync(new NewCube { Payload = staged, Origin = OriginSignature.ParameterFineTuning });
        MemCube hidden = await test.Vault.AddCubeAsync(Note("Ann's salary is 4000.", secret));
        MemCube bundle = await test.Vault.ComposeAsync([text.Id, lora.Id, hidden.Id]);

        InjectionPlan forOwner = test.Vault.Resolve(bundle.Id);
        Assert.Equal([PayloadKind.Plaintext, PayloadKind.Parametric, PayloadKind.Plaintext], forOwner.Parts.Select(part => part.Kind));
        using Stream bytes = test.Vault.OpenPayload(forOwner.Parts[1].Cube);
        using MemoryStream copy = new();
        await bytes.CopyToAsync(copy);
        Assert.Equal(adapter, copy.ToArray());

        InjectionPlan forBob = test.Vault.Resolve(bundle.Id, Caller.Named("bob"));
        Assert.Equal([text.Id, lora.Id], forBob.Parts.Select(part => part.Cube.Id));
        Assert.Equal(1, forBob.Withheld);
        Assert.DoesNotContain("salary", forBob.PromptText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lineage_tells_where_a_cube_came_from_and_what_came_of_it()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube left = await test.AddAsync("Ann has a dog.", id: "m1");
        MemCube right = await test.AddAsync("The dog is called Rex.", id: "m2");
        MemCube fused = await test.Vault.FuseAsync([left.Id, right.Id]);
        Lineage lineage = test.Vault.Lineage(left.Id);
        Assert.Equal([(fused.Id, left.Id), (fused.Id, right.Id)], lineage.Edges.Select(edge => (edge.From, edge.To)));
        Assert.Equal(["m1", "m2"], lineage.Messages.Select(source => source.MessageId));
    }
}
