using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MemOS.Cubes;
using MemOS.Vaults;
using Xunit;

namespace MemOS.Tests.Vaults;

/// <summary>
/// Random sequences of the operations on cubes, carried out on a vault and on a plain model of it, give the same versions, the same past and the same refusals.
/// MEMOS_PROPERTY_CASES sets how many; 20 by default.
/// </summary>
public sealed class OperationProperties
{
    private static readonly BranchName[] s_branches = [new("draft"), new("what.if")];

    [Fact]
    public void Any_sequence_of_operations_gives_the_versions_of_the_model() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(int.Parse(Environment.GetEnvironmentVariable("MEMOS_PROPERTY_CASES") ?? "20", CultureInfo.InvariantCulture)).WithEndSize(50),
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Kind, byte A, byte B)[]>(), steps => RunAsync(steps).GetAwaiter().GetResult()));

    private static async Task RunAsync((byte Kind, byte A, byte B)[] steps)
    {
        await using TestVault test = await TestVault.OpenAsync();
        ModelMemory model = new();
        List<(int Writes, DateTimeOffset At)> past = [];
        for (int i = 0; i < steps.Length; i++)
        {
            await StepAsync(test, model, steps[i], i, past);
            past.Add((model.Writes, test.Clock.GetUtcNow()));
            test.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Compare(test.Vault, model, past);
        await test.ReopenAsync();
        Compare(test.Vault, model, past);
        Assert.Empty(test.Verify());
    }

    private static async Task StepAsync(TestVault test, ModelMemory model, (byte Kind, byte A, byte B) step, int number, List<(int Writes, DateTimeOffset At)> past)
    {
        MemoryVault vault = test.Vault;
        CubeId[] ids = [.. model.Cubes.Keys];
        string text = $"Step {number} says {step.B}.";
        BranchName branch = s_branches[step.B % s_branches.Length];
        if (ids.Length == 0 || step.Kind % 14 < 2)
        {
            CubeId id = CubeId.New(test.Clock);
            await vault.AddCubeAsync(new NewCube { Id = id, Payload = new PlaintextPayload(text), Origin = OriginSignature.UserInput });
            model.Create(id, text);
            return;
        }

        CubeId cube = ids[step.A % ids.Length];
        CubeId other = ids[step.B % ids.Length];
        switch (step.Kind % 14)
        {
            case 2 or 3:
                await DoAsync(model.IsWritable(cube), () => vault.UpdateAsync(cube, new CubeUpdate { Text = text, Mode = UpdateMode.Overwrite }), _ => model.Update(cube, text));
                break;
            case 4:
                await DoAsync(
                    cube != other && model.IsWritable(cube) && model.IsWritable(other),
                    () => vault.FuseAsync([cube, other]),
                    fused => model.Fuse([cube, other], fused.Id));
                break;
            case 5:
                await DoAsync(model.CanUnfuse(cube), () => vault.UnfuseAsync(cube), _ => model.Unfuse(cube));
                break;
            case 6:
                int cut = 1 + (step.B % 5);
                await DoAsync(
                    model.IsWritable(cube) && model.Cubes[cube][^1].Text.Length > cut,
                    () => vault.SliceAsync(cube, [cut]),
                    parts => model.Slice(cube, cut, parts[0].Id, parts[1].Id));
                break;
            case 7:
                await DoAsync(model.CanJoin(cube), () => vault.JoinAsync(cube), _ => model.Join(cube));
                break;
            case 8:
                int version = 1 + (step.B % (model.Cubes[cube].Count + 1));
                await DoAsync(version < model.Cubes[cube].Count, () => vault.RollbackAsync(cube, version), _ => model.Rollback(cube, version));
                break;
            case 9 when past.Count > 0:
                (int writes, DateTimeOffset at) = past[step.B % past.Count];
                Assert.Equal(model.RollbackAll(writes), await vault.RollbackVaultAsync(at));
                break;
            case 10:
                await DoAsync(!model.IsOpen(branch), () => OpenAsync(vault, branch), _ => model.Open(branch));
                break;
            case 11:
                await DoAsync(
                    model.IsOpen(branch) && model.On(branch, cube) is { State: not CubeState.Archived },
                    () => vault.UpdateAsync(cube, new CubeUpdate { Text = text, Mode = UpdateMode.Overwrite }, branch: branch),
                    _ => model.UpdateOn(branch, cube, text));
                break;
            case 12:
                await DoAsync(model.CanMerge(branch), () => vault.MergeBranchAsync(branch), merged => Assert.Equal(model.Merge(branch), merged));
                break;
            case 13 when step.B % 4 == 0 && model.IsOpen(branch):
                await vault.DiscardBranchAsync(branch);
                model.Discard(branch);
                break;
        }
    }

    private static async Task<int> OpenAsync(MemoryVault vault, BranchName branch)
    {
        await vault.OpenBranchAsync(branch);
        return 0;
    }

    private static async Task DoAsync<T>(bool legal, Func<Task<T>> operation, Action<T> onModel)
    {
        if (legal)
        {
            onModel(await operation());
        }
        else
        {
            await Assert.ThrowsAsync<MemOSException>(operation);
        }
    }

    private static void Compare(MemoryVault vault, ModelMemory model, List<(int Writes, DateTimeOffset At)> past)
    {
        foreach ((CubeId id, List<ModelVersion> versions) in model.Cubes)
        {
            Assert.Equal(versions.Select(version => (version.Text, version.State)), vault.History(id).Select(cube => (cube.Text ?? "", cube.State)));
            foreach ((int writes, DateTimeOffset at) in past)
            {
                Assert.Equal(versions.LastOrDefault(version => version.Write <= writes)?.Text, vault.FindAsOf(id, at)?.Text);
            }
        }

        Assert.Equal(model.Cubes.Keys.Order(), vault.Read(reader => reader.ReadCurrent().Select(cube => cube.Id).Order().ToArray()));
        foreach ((BranchName name, IReadOnlyDictionary<CubeId, ModelVersion> changed) in model.Branches)
        {
            Assert.Equal(changed.Count, vault.Read(reader => reader.ReadBranch(name).Count()));
            Assert.All(model.Cubes.Keys, id => Assert.Equal(model.On(name, id)?.Text, vault.Find(id, branch: name)?.Text));
        }
    }
}
