namespace MemOS.Testing;

/// <summary>Test data that is no part of the repository: in the folder that <c>MEMOS_SHARED</c> names, or in <c>../shared</c> beside the repository.</summary>
public static class SharedData
{
    /// <summary>The folder of the LoCoMo conversations, or null where it is absent.</summary>
    public static string? LoCoMo { get; } = Folder() is { } shared && Path.Combine(shared, "data", "locomo") is var folder && Directory.Exists(folder) ? folder : null;

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("MEMOS_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MemOS.slnx")))
        {
            root = root.Parent;
        }

        return root is null ? null : Path.Combine(root.FullName, "..", "shared");
    }
}
