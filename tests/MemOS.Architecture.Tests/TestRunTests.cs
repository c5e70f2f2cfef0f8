using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemOS.Architecture.Tests;

/// <summary>Sees to it that no test lies idle: what looks like a test project is one, and the test command runs the whole solution.</summary>
public sealed class TestRunTests
{
    [Fact]
    public void Every_project_with_tests_is_run_by_the_test_command()
    {
        foreach (string project in Repository.Projects)
        {
            string folder = Path.GetDirectoryName(project) ?? "";
            bool hasTests = Repository.SourceFiles(Path.GetRelativePath(Repository.Root, folder)).Any(file => File.ReadLines(file).Any(IsTestAttribute));
            bool isTest = (string?)XDocument.Load(project).Descendants("IsTestProject").SingleOrDefault() == "true";
            bool hasAdapter = XDocument.Load(project).Descendants("PackageReference").Any(item => (string?)item.Attribute("Include") == "xunit.runner.visualstudio");
            Assert.True(!hasTests || (isTest && hasAdapter), $"{project} holds tests that the test command does not run: set IsTestProject and reference the adapter.");
            Assert.True(hasTests || !isTest, $"{project} is a test project without a test.");
        }
    }

    [Fact]
    public void The_gate_runs_the_readmes_test_command_over_the_whole_solution()
    {
        string gate = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        Assert.Matches(new Regex(@"^\s*dotnet test MemOS\.slnx\b", RegexOptions.Multiline), gate);
        Assert.Contains("dotnet test", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    private static bool IsTestAttribute(string line)
    {
        string trimmed = line.TrimStart();
        return trimmed.StartsWith("[Fact", StringComparison.Ordinal) || trimmed.StartsWith("[Theory", StringComparison.Ordinal);
    }
}
