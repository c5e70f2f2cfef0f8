using System.Xml.Linq;

namespace MemOS.Architecture.Tests;

/// <summary>Holds the table of allowed references: they go one way.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MemOS.Text"] = [],
        ["MemOS.Core"] = ["MemOS.Text"],
        ["MemOS.Models"] = ["MemOS.Text"],
        ["MemOS.ModelHost"] = ["MemOS.Models"],
        ["MemOS.Api"] = ["MemOS.Core"],
        ["MemOS.Vaults.Sqlite"] = ["MemOS.Core"],
        ["MemOS"] = ["MemOS.Api", "MemOS.Core", "MemOS.Models", "MemOS.Vaults.Sqlite"],
        ["MemOS.Evaluation"] = ["MemOS"],
        ["MemOS.Server"] = ["MemOS", "MemOS.Api"],
        ["MemOS.Cli"] = ["MemOS.Server", "MemOS.Api", "MemOS.Evaluation", "MemOS.Models", "MemOS.ModelHost"],
    };

    [Fact]
    public void Source_projects_reference_only_what_the_table_allows()
    {
        string[] source = [.. Repository.Projects.Where(project => project.StartsWith(Path.Combine(Repository.Root, "src"), StringComparison.Ordinal))];
        Assert.Equal(Allowed.Keys.Order(), source.Select(Name).Order());
        foreach (string project in source)
        {
            Assert.Empty(References(project).Except(Allowed[Name(project)]).Select(reference => $"{Name(project)} -> {reference}"));
        }
    }

    [Fact]
    public void The_core_knows_no_sql_http_or_native_code()
    {
        string core = Repository.Projects.Single(project => Name(project) == "MemOS.Core");
        string[] packages = [.. XDocument.Load(core).Descendants("PackageReference").Select(item => (string?)item.Attribute("Include") ?? "")];
        Assert.DoesNotContain(packages, package => package.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) ||
            package.Contains("AspNetCore", StringComparison.Ordinal) || package.Contains("Npgsql", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string[] listed = [.. XDocument.Load(Path.Combine(Repository.Root, "MemOS.slnx")).Descendants("Project")
            .Select(item => Path.GetFullPath(Path.Combine(Repository.Root, (string?)item.Attribute("Path") ?? ""))).Order(StringComparer.Ordinal)];
        Assert.Equal(Repository.Projects, listed);
    }

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(item => Path.GetFileNameWithoutExtension(((string?)item.Attribute("Include") ?? "").Replace('\\', '/')));
}
