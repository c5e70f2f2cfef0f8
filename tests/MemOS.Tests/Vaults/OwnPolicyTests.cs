using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler.Transitions;
using MemOS.Transfer;

namespace MemOS.Tests.Vaults;

/// <summary>A policy of KV states that a vault keeps: who may set it, what it outlives, what it is not part of.</summary>
public sealed class OwnPolicyTests
{
    private static readonly TransitionPolicies Operators = new(new TransitionPolicy { DiskBytes = 5000 });

    [Fact]
    public async Task It_stays_with_the_vault_through_reopening_forgetting_and_the_time_machine()
    {
        await using TestVault test = await TestVault.OpenAsync();
        DateTimeOffset before = test.Clock.GetUtcNow();
        MemCube tea = await test.AddAsync("I drink tea in the morning, with the label of the house on it.");
        TransitionPolicy set = await test.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"retention":"Labels","labels":["label of the house"]}"""), Operators);
        Assert.Equal((RetentionOrder.Labels, 5000), (set.Retention, set.DiskBytes));
        await test.Vault.OpenBranchAsync(new BranchName("draft"));
        await test.Vault.DiscardBranchAsync(new BranchName("draft"));
        await test.Vault.ForgetAsync(new ForgetScope { Cubes = [tea.Id] }); // proves that no byte is left, but for what the owner said besides
        await test.Vault.RollbackVaultAsync(before);
        await test.ReopenAsync();
        Assert.Equal(set.ToJson(), Operators.InForce(test.Vault).ToJson());
        Assert.Empty(test.Verify());
        Assert.Equal(9000, new TransitionPolicies(new TransitionPolicy { DiskBytes = 9000 }).InForce(test.Vault).DiskBytes); // what was not given follows the operator
        Assert.Equal(5000, (await test.Vault.States.SetPolicyAsync(OwnPolicy.None, Operators)).DiskBytes);
        Assert.True(test.Vault.States.Policy.IsEmpty);
    }

    [Fact]
    public async Task The_owner_alone_sets_it_and_the_audit_log_says_who_set_which_values()
    {
        await using TestVault test = await TestVault.OpenAsync();
        Caller kim = new("key:kim", [], Sensitivity.Secret, IsOwner: true), reader = Caller.Named("bob", "readers");
        await test.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"disk_bytes":4000,"labels":["about the divorce"]}"""), Operators, kim);
        Assert.Equal(ErrorCodes.Forbidden, await TestVault.CodeOf(() => test.Vault.States.SetPolicyAsync(OwnPolicy.None, Operators, reader)));
        Assert.Equal(ErrorCodes.InvalidInput, await TestVault.CodeOf(() => test.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"disk_bytes":5001}"""), Operators)));
        Assert.Equal(4000, Operators.InForce(test.Vault).DiskBytes);
        await test.Vault.States.SetPolicyAsync(OwnPolicy.None, Operators);
        Assert.Equal(
            [("owner", "of KV states: the operator's again"), ("key:kim", "of KV states: disk_bytes 4000, labels (1)")],
            test.Vault.Audit(new AuditQuery { Operation = AuditOperations.Policy }).Select(entry => (entry.Caller, entry.Detail ?? "")));
    }

    [Fact]
    public async Task An_export_leaves_it_out_and_an_import_leaves_the_one_that_is_there()
    {
        await using TestVault source = await TestVault.OpenAsync(), target = await TestVault.OpenAsync();
        await source.AddAsync("Ann has a dog.");
        await source.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"disk_bytes":4000}"""), Operators);
        await target.Vault.States.SetPolicyAsync(OwnPolicy.Parse("""{"disk_bytes":3000}"""), Operators);
        string path = Path.Combine(target.Folder, "export.jsonl");
        using (StreamWriter writer = new(path))
        {
            VaultExporter.Write(source.Vault, writer, source.Clock.GetUtcNow());
        }

        Assert.DoesNotContain("disk_bytes\"", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        await VaultImporter.LoadAsync(target.Vault, path);
        Assert.Equal(["Ann has a dog."], await target.RecallAsync("Who has a dog?"));
        Assert.Equal(3000, Operators.InForce(target.Vault).DiskBytes);
    }
}
