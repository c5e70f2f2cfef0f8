using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_readmes_program_in_csharp_remembers_and_recalls()
    {
        using TemporaryFolder folder = new();
        await using VaultHost host = VaultHost.OpenFolder(folder.Path);
        await using VaultLease lease = await host.OpenAsync(new VaultId("alice"), create: true);

        await lease.Vault.AddAsync([new Message { Id = "", Speaker = "Alice", Text = "My train leaves at nine.", Time = DateTimeOffset.Now }]);
        RecallResult found = await lease.Vault.RecallAsync(new RecallQuery { Text = "When does the train leave?" });
        string prompt = InjectionPlan.For(found).PromptText();
        Assert.Contains("Alice: My train leaves at nine.", prompt, StringComparison.Ordinal);
        Assert.Empty(InjectionStamp.OwnSpans(prompt));
    }
}
