using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class RightsTests
{
    private static readonly Caller Eve = Caller.Named("eve");
    private static readonly GovernanceHeader Private = new() { Access = new AccessScope { Layer = AccessLayer.Private } };

    [Fact]
    public async Task A_right_that_was_taken_away_is_gone_for_old_versions_as_of_recall_lineage_and_usage_too()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("The door code is 4711.");
        MemCube other = await test.AddAsync("The door is made of oak.");
        DateTimeOffset before = test.Clock.GetUtcNow();
        test.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(test.Vault.FindVersion(cube.Id, 1, Eve));
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Governance = Private });
        await test.Vault.FuseAsync([cube.Id, other.Id]);
        await test.RecallAsync("door code");
        await test.Vault.SettleAsync();

        Assert.Null(test.Vault.Find(cube.Id, Eve));
        Assert.Null(test.Vault.FindVersion(cube.Id, 1, Eve));
        Assert.Null(test.Vault.FindAsOf(cube.Id, before, Eve));
        Assert.Empty(test.Vault.History(cube.Id, Eve));
        Assert.DoesNotContain(
            (await test.Vault.RecallAsync(new RecallQuery { Text = "door code", AsOf = before, Caller = Eve })).Hits, hit => hit.Cube.Id == cube.Id);
        Assert.Empty(test.Vault.Lineage(cube.Id, Eve).Messages);
        Assert.Empty(test.Vault.Lineage(other.Id, Eve).Edges); // its only edge leads to a fused cube as private as its strictest part
        Assert.Equal(CubeUsage.None, test.Vault.Usage(cube.Id, Eve));
        Assert.NotEmpty(test.Vault.Lineage(cube.Id).Edges);
    }

    [Fact]
    public async Task A_field_that_was_hidden_later_is_hidden_in_the_history()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("The door code is 4711.");
        GovernanceHeader hidden = new() { Restricted = ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add("text", ["guard"]) };
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Governance = hidden });
        Assert.All(test.Vault.History(cube.Id, Eve), version => Assert.Equal(CubeView.Withheld, version.Text));
        Assert.All(test.Vault.History(cube.Id, Caller.Named("ann", "guard")), version => Assert.Equal("The door code is 4711.", version.Text));
    }
}
