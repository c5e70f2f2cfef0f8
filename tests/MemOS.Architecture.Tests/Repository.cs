
namespace MemOS.Architecture.Tests;

/// <summary>Finds the repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static IReadOnlyList<string> Projects { get; } =
        [.. new[] { "src", "tests", "bench", "samples", "tools" }
            .Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> SourceFiles(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MemOS.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No MemOS.slnx above {AppContext.BaseDirectory}.");
    }
}
