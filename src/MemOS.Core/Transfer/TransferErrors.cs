using System.Text.Json;

namespace MemOS.Transfer;

/// <summary>The errors of reading files, so that every reader words them alike.</summary>
internal static class TransferErrors
{
    public static MemOSException Invalid(string where, string problem, Exception? inner = null) =>
        new(ErrorCodes.InvalidInput, $"{where}: {problem}", inner);

    /// <summary>Why a file that is not in UTF-8 is refused.</summary>
    public const string NoText = "it is no text in UTF-8. Convert it to UTF-8 first.";

    public static MemOSException NotJson(string path, JsonException exception) => Invalid($"{path}, line {exception.LineNumber + 1}", "this is not valid JSON.", exception);

    /// <summary>A text in JSON that cannot be decoded: bytes that are no UTF-8, or half of a surrogate pair.</summary>
    public static MemOSException Undecodable(string where, InvalidOperationException exception) => Invalid(where, "a text in it is not valid UTF-8 or holds half of a surrogate pair.", exception);

    public static MemOSException Unreadable(string path, Exception inner) => inner switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(ErrorCodes.InvalidInput, $"{path}: there is no such file. Check the path.", inner),
        UnauthorizedAccessException when Directory.Exists(path) => new(ErrorCodes.InvalidInput, $"{path}: this is a folder. Name the files in it.", inner),
        _ => new(ErrorCodes.StorageFailed, $"{path}: the file cannot be read ({inner.Message}).", inner),
    };
}
