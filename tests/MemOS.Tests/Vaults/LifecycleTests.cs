using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_frozen_cube_refuses_every_write_path_with_a_reason_and_keeps_its_history_readable()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.", id: "m1");
        MemCube other = await test.AddAsync("The soup was too salty.");
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "My train leaves at ten." });
        await test.Vault.TransitionAsync(cube.Id, CubeState.Frozen);
        Func<Task>[] writes =
        [
            () => test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "x" }),
            () => test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["x"] }),
            () => test.Vault.RejectAsync(cube.Id),
            () => test.Vault.RollbackAsync(cube.Id, 1),
            () => test.Vault.FuseAsync([cube.Id, other.Id]),
            () => test.Vault.SliceAsync(cube.Id, [3]),
            () => test.Vault.TransitionAsync(cube.Id, CubeState.Activated),
            () => test.Vault.TransitionAsync(cube.Id, CubeState.Expired),
            () => test.Vault.RollbackVaultAsync(cube.TxFrom),
            () => test.Vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] }),
            () => test.Vault.ForgetAsync(new ForgetScope { Everything = true }),
        ];
        foreach (Func<Task> write in writes)
        {
            MemOSException refused = await Assert.ThrowsAnyAsync<MemOSException>(write);
            Assert.Equal(ErrorCodes.IllegalTransition, refused.Code);
            Assert.Contains("Frozen", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, test.Vault.History(cube.Id).Count);
        Assert.Equal(other.Id, (await test.AddAsync("The soup was too salty.")).Id);
        Assert.NotEqual(cube.Id, (await test.AddAsync("My train leaves at ten.")).Id);
    }

    [Fact]
    public async Task Only_the_owner_thaws()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        await test.Vault.TransitionAsync(cube.Id, CubeState.Frozen);
        Assert.Equal(ErrorCodes.Forbidden, await TestVault.CodeOf(() => test.Vault.TransitionAsync(cube.Id, CubeState.Archived, caller: Caller.Named("bob"))));
        await test.Vault.TransitionAsync(cube.Id, CubeState.Archived);
        await test.Vault.TransitionAsync(cube.Id, CubeState.Activated);
        Assert.Contains(cube.Text, await test.RecallAsync("train"));
    }

    [Fact]
    public async Task A_cube_whose_time_is_over_is_not_recalled_even_before_it_is_swept()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.Vault.AddCubeAsync(new NewCube
        {
            Payload = new PlaintextPayload("The door code is 4711."),
            Origin = OriginSignature.UserInput,
            Governance = new GovernanceHeader { Lifespan = new Lifespan(test.Clock.GetUtcNow().AddDays(1)) },
        });
        Assert.Single(await test.RecallAsync("door code"));
        test.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await test.RecallAsync("door code"));
        Assert.Equal(1, await test.Vault.ExpireDueAsync());
        Assert.Equal(CubeState.Expired, test.Vault.Find(cube.Id)!.State);
        Assert.Equal(0, await test.Vault.ExpireDueAsync());
    }

    [Fact]
    public async Task Uses_are_counted_with_a_line_in_the_access_log_and_a_refused_read_is_no_use()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube secret = await test.Vault.AddCubeAsync(new NewCube
        {
            Payload = new PlaintextPayload("The door code is 4711."),
            Origin = OriginSignature.UserInput,
            Governance = new GovernanceHeader { Access = new AccessScope { Layer = AccessLayer.Private } },
        });
        await test.RecallAsync("door code");
        await test.RecallAsync("door code");
        Assert.Empty((await test.Vault.RecallAsync(new Operator.Recall.RecallQuery { Text = "door code", Caller = Caller.Named("eve") })).Hits);
        Assert.Null(test.Vault.Find(secret.Id, Caller.Named("eve")));
        Assert.Equal(ErrorCodes.CubeNotFound, await TestVault.CodeOf(() => test.Vault.UpdateAsync(secret.Id, new CubeUpdate { Text = "x" }, Caller.Named("eve"))));
        await test.Vault.SettleAsync();
        CubeUsage usage = test.Vault.Usage(secret.Id);
        Assert.Equal(2, usage.Uses);
        Assert.NotNull(usage.LastUsed);
        Assert.Single(test.Vault.Audit(new AuditQuery { Cube = secret.Id, Operation = AuditOperations.Recall }));
        Assert.Empty(test.Vault.Audit(new AuditQuery { Caller = "eve" }));
    }
}
