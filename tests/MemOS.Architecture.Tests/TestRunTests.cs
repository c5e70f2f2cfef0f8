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
            bool hasTests = Repository.SourceFiles(Path.GetRelativePath(Repository.Root, folder)).Any(file => File.ReadLines(file).Any(IsTestAttribute) && !IsSuite(file));
            bool isTest = (string?)XDocument.Load(project).Descendants("IsTestProject").SingleOrDefault() == "true";
            bool hasAdapter = XDocument.Load(project).Descendants("PackageReference").Any(item => (string?)item.Attribute("Include") == "xunit.runner.visualstudio");
            Assert.True(!hasTests || (isTest && hasAdapter), $"{project} holds tests that the test command does not run: set IsTestProject and reference the adapter.");
            Assert.True(hasTests || !isTest, $"{project} is a test project without a test.");
        }
    }

    [Fact]
    public void Every_abstract_suite_is_derived_by_a_test_class()
    {
        string[] files = [.. Repository.SourceFiles("tests").Where(file => !file.EndsWith("TestRunTests.cs", StringComparison.Ordinal))];
        foreach (string suite in files.Where(file => IsSuite(file) && File.ReadLines(file).Any(IsTestAttribute)).Select(file => Path.GetFileNameWithoutExtension(file)))
        {
            Assert.Contains(files, file => File.ReadAllText(file).Contains($" : {suite}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_gate_runs_the_readmes_test_command_over_the_whole_solution()
    {
        string gate = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        Assert.Matches(new Regex(@"^\s*dotnet test MemOS\.slnx\b", RegexOptions.Multiline), gate);
        Assert.Contains("dotnet test", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    // An abstract suite runs where it is derived.
    private static bool IsSuite(string file) => File.ReadLines(file).Any(line => line.StartsWith("public abstract class", StringComparison.Ordinal));

    private static bool IsTestAttribute(string line)
    {
        string trimmed = line.TrimStart();
        return trimmed.StartsWith("[Fact", StringComparison.Ordinal) || trimmed.StartsWith("[Theory", StringComparison.Ordinal);
    }
}
