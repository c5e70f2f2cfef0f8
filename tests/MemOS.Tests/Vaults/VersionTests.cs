using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class VersionTests
{
    [Fact]
    public async Task Each_update_is_a_version_and_history_diff_and_as_of_tell_them_apart()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube first = await test.AddAsync("My train leaves at nine.");
        test.Clock.Advance(TimeSpan.FromHours(1));
        MemCube second = await test.Vault.UpdateAsync(first.Id, new CubeUpdate { Text = "My train leaves at ten." });
        Assert.Equal(2, second.Version);
        Assert.Equal(["My train leaves at nine.", "My train leaves at ten."], test.Vault.History(first.Id).Select(version => version.Text!));
        Assert.Equal("My train leaves at nine.", test.Vault.FindAsOf(first.Id, second.TxFrom.AddMinutes(-30))!.Text);
        Assert.Equal([new FieldChange("text", first.Text, second.Text)], test.Vault.Diff(first.Id, 1, 2).AsEnumerable());
        Assert.Equal(second.TxFrom, test.Vault.FindVersion(first.Id, 1)!.TxTo);
        Assert.Contains("My train leaves at nine.", await test.RecallAsync("train", asOf: second.TxFrom.AddMinutes(-30)));
        Assert.DoesNotContain("My train leaves at nine.", await test.RecallAsync("train"));
    }

    [Fact]
    public async Task A_stale_update_gets_a_conflict_and_changes_nothing()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { ExpectedVersion = 1, Text = "at ten" });
        Assert.Equal(ErrorCodes.VersionConflict, await TestVault.CodeOf(() => test.Vault.UpdateAsync(cube.Id, new CubeUpdate { ExpectedVersion = 1, Text = "at eleven" })));
        Assert.Equal("at ten", test.Vault.Find(cube.Id)!.Text);
    }

    [Fact]
    public async Task Of_many_concurrent_updates_of_one_version_exactly_one_wins()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        Task<MemCube>[] updates = [.. Enumerable.Range(0, 32).Select(i => Task.Run(() => test.Vault.UpdateAsync(cube.Id, new CubeUpdate { ExpectedVersion = 1, Text = $"at {i}" })))];
        foreach (Task<MemCube> update in updates)
        {
            await Record.ExceptionAsync(() => update);
        }

        Assert.Equal(1, updates.Count(update => update.IsCompletedSuccessfully));
        Assert.Equal(2, test.Vault.Find(cube.Id)!.Version);
    }

    [Theory]
    [InlineData(UpdateMode.Overwrite, "b\nc")]
    [InlineData(UpdateMode.Append, "a\nb\nb\nc")]
    [InlineData(UpdateMode.Merge, "a\nb\nc")]
    public async Task Append_merge_and_overwrite_meet_the_old_text_each_in_its_way(UpdateMode mode, string expected)
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("a\nb");
        MemCube updated = await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Mode = mode, Text = "b\nc" });
        Assert.Equal(expected, updated.Text);
        Assert.Equal(mode is UpdateMode.Merge ? CubeState.Merged : CubeState.Generated, updated.State);
    }

    [Fact]
    public async Task A_differential_write_touches_only_the_named_fields()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        MemCube updated = await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["travel"], Info = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v") });
        Assert.Equal(["tags", "info"], CubeDiff.Between(cube, updated).Select(change => change.Field));
        Assert.Contains("My train leaves at nine.", await test.RecallAsync("train"));
    }

    [Fact]
    public async Task A_rollback_is_one_more_version()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "wrong" });
        MemCube restored = await test.Vault.RollbackAsync(cube.Id, 1);
        Assert.Equal((3, "My train leaves at nine."), (restored.Version, restored.Text));
        Assert.Equal(3, test.Vault.History(cube.Id).Count);
        Assert.Contains("My train leaves at nine.", await test.RecallAsync("train"));
        Assert.Equal(ErrorCodes.CubeNotFound, await TestVault.CodeOf(() => test.Vault.RollbackAsync(cube.Id, 9)));
    }

    [Fact]
    public async Task The_whole_vault_goes_back_to_a_time_and_forward_again()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube old = await test.AddAsync("My train leaves at nine.");
        test.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset before = test.Clock.GetUtcNow();
        test.Clock.Advance(TimeSpan.FromHours(1));
        await test.Vault.UpdateAsync(old.Id, new CubeUpdate { Text = "My train leaves at ten." });
        MemCube young = await test.AddAsync("The soup was too salty.");
        DateTimeOffset after = test.Clock.GetUtcNow();
        test.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, await test.Vault.RollbackVaultAsync(before));
        Assert.Equal("My train leaves at nine.", test.Vault.Find(old.Id)!.Text);
        Assert.Equal(CubeState.Archived, test.Vault.Find(young.Id)!.State);
        Assert.DoesNotContain("The soup was too salty.", await test.RecallAsync("soup"));

        await test.Vault.RollbackVaultAsync(after);
        Assert.Equal("My train leaves at ten.", test.Vault.Find(old.Id)!.Text);
        Assert.Contains("The soup was too salty.", await test.RecallAsync("soup"));
    }

    [Fact]
    public async Task A_branch_never_touches_the_main_line_until_it_is_merged_back()
    {
        await using TestVault test = await TestVault.OpenAsync();
        BranchName whatIf = new("what-if");
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.OpenBranchAsync(whatIf);
        Assert.Equal("My train leaves at nine.", test.Vault.Find(cube.Id, branch: whatIf)!.Text);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "at noon" }, branch: whatIf);
        Assert.Equal("at noon", test.Vault.Find(cube.Id, branch: whatIf)!.Text);
        Assert.Equal("My train leaves at nine.", test.Vault.Find(cube.Id)!.Text);
        Assert.Contains("My train leaves at nine.", await test.RecallAsync("train"));
        Assert.Equal(1, await test.Vault.MergeBranchAsync(whatIf));
        MemCube merged = test.Vault.Find(cube.Id)!;
        Assert.Equal((2, "at noon"), (merged.Version, merged.Text));
        Assert.Contains(merged.Lineage, derivation => derivation.Kind is DerivationKind.BranchedFrom);
        Assert.Equal(ErrorCodes.BranchNotFound, await TestVault.CodeOf(() => test.Vault.MergeBranchAsync(whatIf)));
    }

    [Fact]
    public async Task A_branch_and_a_main_line_that_both_changed_a_cube_conflict_and_discarding_leaves_no_trace()
    {
        await using TestVault test = await TestVault.OpenAsync();
        BranchName whatIf = new("what-if");
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.OpenBranchAsync(whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "at noon" }, branch: whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "at ten" });
        Assert.Equal("at noon", test.Vault.Find(cube.Id, branch: whatIf)!.Text);
        Assert.Equal(ErrorCodes.MergeConflict, await TestVault.CodeOf(() => test.Vault.MergeBranchAsync(whatIf)));
        await test.Vault.DiscardBranchAsync(whatIf);
        Assert.Equal("at ten", test.Vault.Find(cube.Id)!.Text);
        Assert.Equal(2, test.Vault.History(cube.Id).Count);
    }

    [Fact]
    public async Task A_merge_takes_the_fields_that_the_branch_changed_and_leaves_those_of_the_main_line()
    {
        await using TestVault test = await TestVault.OpenAsync();
        BranchName whatIf = new("what-if");
        MemCube cube = await test.AddAsync("My train leaves at nine.", id: "m1");
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Info = Info("a", "1") });
        await test.Vault.OpenBranchAsync(whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["travel"], Info = Info("b", "2") }, branch: whatIf);
        await test.AddAsync("My train leaves at nine.", id: "m2"); // the same again: a second source of this memory
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate
        {
            Text = "My train leaves at ten.",
            Info = Info("c", "3"),
            Governance = new GovernanceHeader { Sensitivity = Sensitivity.Secret, Restricted = Restricted("text", "ann") },
        });
        await test.Vault.TransitionAsync(cube.Id, CubeState.Activated);
        await test.Vault.MergeBranchAsync(whatIf);
        MemCube merged = test.Vault.Find(cube.Id)!;
        Assert.Equal(("My train leaves at ten.", Sensitivity.Secret, CubeState.Activated), (merged.Text, merged.Governance.Sensitivity, merged.State));
        Assert.Equal(["travel"], merged.Descriptive.Tags.AsEnumerable());
        Assert.Equal(["a=1", "b=2", "c=3"], merged.Descriptive.Info!.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.Equal(["ann"], merged.Governance.Restricted!["text"]);
        Assert.Equal(["m1", "m2"], merged.Sources.Select(source => source.MessageId));
    }

    [Fact]
    public async Task A_field_that_both_lines_changed_is_named_and_can_be_settled_on_either()
    {
        await using TestVault test = await TestVault.OpenAsync();
        BranchName whatIf = new("what-if");
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.OpenBranchAsync(whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["mine"], Governance = new GovernanceHeader { Priority = 5 }, Info = Info("k", "1") }, branch: whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["theirs"], Governance = new GovernanceHeader { Restricted = Restricted("text", "ann") }, Info = Info("k", "2") });
        MemOSException conflict = await Assert.ThrowsAsync<MemOSException>(() => test.Vault.MergeBranchAsync(whatIf));
        Assert.Equal(ErrorCodes.MergeConflict, conflict.Code);
        Assert.Contains("tags, info, governance", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(["theirs"], test.Vault.Find(cube.Id)!.Descriptive.Tags.AsEnumerable());
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["theirs"], Info = Info("k", "2") }, branch: whatIf);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Governance = new GovernanceHeader { Priority = 5 } });
        await test.Vault.MergeBranchAsync(whatIf);
        MemCube merged = test.Vault.Find(cube.Id)!;
        Assert.Equal((5, "2"), (merged.Governance.Priority, merged.Descriptive.Info!["k"]));
        Assert.Equal(["theirs"], merged.Descriptive.Tags.AsEnumerable());
    }

    private static ImmutableSortedDictionary<string, string> Info(string key, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Restricted(string field, string reader) =>
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add(field, [reader]);
}
