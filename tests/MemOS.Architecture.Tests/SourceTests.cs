namespace MemOS.Architecture.Tests;

/// <summary>Rules of the house that the compiler does not hold.</summary>
public sealed class SourceTests
{
    private const int LongestFile = 500;

    private static readonly string[] VagueNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Impl"];

    [Fact]
    public void No_source_file_is_longer_than_500_lines() =>
        Assert.DoesNotContain(Repository.SourceFiles("src"), file => File.ReadLines(file).Count() > LongestFile);

    [Fact]
    public void Files_are_named_for_one_idea() =>
        Assert.DoesNotContain(Repository.SourceFiles("src"), file => VagueNames.Any(name => Path.GetFileNameWithoutExtension(file).EndsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void The_core_has_no_unsafe_code() =>
        Assert.DoesNotContain(Repository.SourceFiles("src/MemOS.Core"), file => File.ReadLines(file).Any(line => line.Contains("unsafe ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [Fact]
    public void Pointers_live_in_the_native_binding_and_in_the_view_of_embedded_tables_alone()
    {
        string[] allowed = [Path.Combine("MemOS.Models", "Llama", "Native"), Path.Combine("MemOS.Text", "ImageMemory.cs")];
        string[] words = ["unsafe ", "IntPtr", "[LibraryImport(", "[DllImport("];
        string[] elsewhere = [.. Repository.SourceFiles("src").Where(file => !allowed.Any(place => file.Contains(place, StringComparison.Ordinal)))];
        Assert.DoesNotContain(elsewhere, file => File.ReadLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && words.Any(word => line.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void Decision_records_are_numbered_without_gaps()
    {
        string[] records = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "adr"), "*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Equal(Enumerable.Range(1, records.Length).Select(number => $"{number:0000}"), records.Select(name => name[..4]));
    }
}
