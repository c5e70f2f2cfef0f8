namespace MemOS.Testing;

/// <summary>The folder of the repository that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>Its path.</summary>
    public static string Path { get; } = Find() ?? throw new InvalidOperationException($"No MemOS.slnx above {AppContext.BaseDirectory}.");

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "MemOS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
