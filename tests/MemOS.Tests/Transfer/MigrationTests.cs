using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Tests.Vaults;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Tests.Transfer;

public sealed class MigrationTests
{
    private static readonly GovernanceHeader Policy = new()
    {
        Access = new AccessScope { Layer = AccessLayer.Private, Readers = ["ann"], Writers = ["bo"] },
        Lifespan = new Lifespan(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(7)),
        Priority = 5,
        Sensitivity = Sensitivity.Personal,
    };

    [Fact]
    public async Task A_copied_cube_keeps_id_history_policy_provenance_and_uses_and_is_recalled_in_its_new_vault()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube cube = await source.AddAsync("The spare key lies under the blue flower pot.", "m1");
        await source.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "The spare key lies in the shed.", Governance = Policy });
        await source.Vault.RecallAsync(new() { Text = "spare key" });
        await source.Vault.SettleAsync();

        RestoreSummary copied = await CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault);

        Assert.Equal(new RestoreSummary(1, 1, 2, 0), copied);
        IReadOnlyList<MemCube> before = source.Vault.History(cube.Id);
        IReadOnlyList<MemCube> after = target.Vault.History(cube.Id);
        Assert.Equal(before.Select(version => version.Text), after.Select(version => version.Text));
        Assert.Equal(before[1].Governance.Access, after[1].Governance.Access);
        Assert.Equal((before[1].Governance.Lifespan, 5, Sensitivity.Personal), (after[1].Governance.Lifespan, after[1].Governance.Priority, after[1].Governance.Sensitivity));
        Assert.Equal("m1", after[1].Sources[0].MessageId);
        Assert.Equal("The spare key lies under the blue flower pot.", target.Vault.Read(reader => reader.FindMessage("m1", "s1"))!.Text);
        Assert.Equal(new Derivation(DerivationKind.MigratedFrom, cube.Id, 2, "test"), after[1].Lineage[^1]);
        Assert.Equal(source.Vault.Usage(cube.Id), target.Vault.Usage(cube.Id));
        Assert.Equal(["The spare key lies in the shed."], await target.RecallAsync("Where is the spare key?"));
        Assert.Equal(2, target.AuditCount(AuditOperations.Migrate));
        Assert.Null(target.Vault.Find(cube.Id, Caller.Named("eve")));
    }

    [Fact]
    public async Task A_copy_is_brought_up_to_date_and_one_that_was_changed_on_its_own_is_refused()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube cube = await source.AddAsync("Tea at four.", "m1");
        await CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault);
        Assert.Equal(new RestoreSummary(0, 0, 0, 0), await CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault));

        await source.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "Tea at five." });
        Assert.Equal(new RestoreSummary(0, 1, 1, 0), await CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault));
        Assert.Equal("Tea at five.", target.Vault.Find(cube.Id)!.Text);

        await target.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "Coffee at five." });
        await source.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "Tea at six." });
        Assert.Equal(ErrorCodes.VersionConflict, await TestVault.CodeOf(() => CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault)));
        Assert.Equal("Coffee at five.", target.Vault.Find(cube.Id)!.Text);
    }

    [Fact]
    public async Task After_a_move_the_source_can_be_revoked_and_the_copy_lives_on()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube cube = await source.AddAsync("The alarm code is in the red folder.", "m1");
        await CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault);
        await source.Vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] });
        Assert.Empty(await source.RecallAsync("alarm code"));
        Assert.Equal(["The alarm code is in the red folder."], await target.RecallAsync("alarm code"));
    }

    [Fact]
    public async Task The_members_and_bytes_of_a_composite_come_along()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        byte[] adapter = Encoding.UTF8.GetBytes("weights");
        MemCube text = await source.AddAsync("Speak plainly.", "m1");
        StoredPayload staged = await source.Vault.StagePayloadAsync(PayloadKind.Parametric, new MemoryStream(adapter), "application/octet-stream");
        MemCube weights = await source.Vault.AddCubeAsync(new NewCube { Payload = staged, Origin = OriginSignature.ParameterFineTuning });
        MemCube bundle = await source.Vault.ComposeAsync([text.Id, weights.Id]);

        Assert.Equal(3, (await CubeMigration.CopyAsync(source.Vault, [bundle.Id], target.Vault)).Cubes);

        using Stream bytes = target.Vault.OpenPayload(target.Vault.Find(weights.Id)!);
        Assert.Equal("weights", new StreamReader(bytes).ReadToEnd());
        Assert.Equal([text.Id, weights.Id], target.Vault.Resolve(bundle.Id).Parts.Select(part => part.Cube.Id));
    }

    [Fact]
    public async Task A_message_id_that_means_something_else_in_the_target_stops_the_copy_before_anything_is_written()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube cube = await source.AddAsync("Tea at four.", "m1");
        await target.AddAsync("Quite another message.", "m1");
        Assert.Equal(ErrorCodes.MessageIdConflict, await TestVault.CodeOf(() => CubeMigration.CopyAsync(source.Vault, [cube.Id], target.Vault)));
        Assert.Null(target.Vault.Find(cube.Id));
    }
}
