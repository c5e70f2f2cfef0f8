using System.Diagnostics;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Testing;
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

    [Fact]
    public void The_first_program_stands_in_the_readme_as_it_is_compiled_and_has_at_most_15_lines()
    {
        string program = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "tests", "MemOS.FirstProgram", "Program.cs")).Trim();
        Assert.InRange(program.Split('\n').Length, 1, 15);
        Assert.Contains($"```csharp\n{program}\n```", File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_program_remembers_from_one_run_to_the_next()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("", await RunAsync(folder.Path));
        Assert.Equal("I remember: My train to Vienna leaves at nine on Friday.\n", await RunAsync(folder.Path));
    }

    private static async Task<string> RunAsync(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("MemOS.Tests", "MemOS.FirstProgram", StringComparison.Ordinal), "MemOS.FirstProgram.dll");
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
        return output.ReplaceLineEndings("\n");
    }
}
