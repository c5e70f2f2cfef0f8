using System.Text.RegularExpressions;

namespace MemOS.Server.Errors;

/// <summary>Names files to those who do not run the server: what lies in the data folder by its place in it, everything else by its name alone.</summary>
/// <remarks>The layers below name a file by its whole path and in quotes, for the log and for who runs the program; the platform's own errors do so too.</remarks>
/// <param name="dataFolder">The data folder; null when there is none.</param>
internal sealed partial class FilePlaces(string? dataFolder)
{
    private readonly string? _root = dataFolder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder));

    /// <summary>The message without the folders of this machine.</summary>
    public string Shorten(string message)
    {
        if (_root is not null)
        {
            message = message
                .Replace($"'{_root}'", "the data folder", StringComparison.Ordinal)
                .Replace(_root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        }

        return QuotedPath().Replace(message, static match => $"'{NameOf(match.Groups[1].Value)}'");
    }

    private static string NameOf(string path) => path.TrimEnd('/', '\\').Split('/', '\\')[^1];

    // From a quote with the beginning of a whole path behind it to the next quote that ends a word: an apostrophe does neither.
    [GeneratedRegex(@"'((?:/|[A-Za-z]:[\\/]|\\\\)[^\r\n]*?)'(?![\w/\\])")]
    private static partial Regex QuotedPath();
}
