using MemOS.Api;
using MemOS.Chat;
using Microsoft.Extensions.AI;
using Xunit;

namespace MemOS.Tests.Chat;

/// <summary>What a model is told when a tool fails.</summary>
public sealed class MemoryToolsTests
{
    [Fact]
    public async Task A_model_is_told_what_it_can_mend_and_not_where_the_files_of_a_damaged_vault_lie()
    {
        string folder = Directory.CreateTempSubdirectory("memos-tools-").FullName;
        await using (VaultHost host = VaultHost.OpenFolder(folder))
        {
            AIFunctionArguments unknown = new() { ["id"] = Guid.CreateVersion7().ToString() };
            await host.CreateClient("whole").AddAsync("The boat is called Ida.");
            Assert.Contains("no cube", (await Explain(host, "whole").InvokeAsync(unknown))?.ToString(), StringComparison.OrdinalIgnoreCase);

            string broken = Directory.CreateDirectory(Path.Combine(folder, "vaults", "broken")).FullName;
            await File.WriteAllTextAsync(Path.Combine(broken, "vault.db"), "no database");
            MemOSException failure = await Assert.ThrowsAsync<MemOSException>(() => Explain(host, "broken").InvokeAsync(unknown).AsTask());
            Assert.Equal(ErrorCodes.Corrupted, failure.Code);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static AIFunction Explain(VaultHost host, string vault) => MemoryTools.Create(host.CreateClient(vault)).OfType<AIFunction>().Single(tool => tool.Name == "explain");
}
