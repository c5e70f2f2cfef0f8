namespace MemOS.Evaluation.Datasets;

/// <summary>Finds the files of a data set.</summary>
internal static class DatasetFiles
{
    /// <summary>The file itself, or the folder's files with one of the endings (".json"), by name.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when there is none.</exception>
    public static IReadOnlyList<string> Find(string path, params IReadOnlyList<string> endings)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        string[] files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path).Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)]
            : [];
        return files.Length > 0
            ? files
            : throw new MemOSException(ErrorCodes.InvalidInput, $"'{path}' is neither a file nor a folder with {string.Join(" or ", endings.Select(ending => "*" + ending))} in it.");
    }
}
