using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MemOS.Evaluation.Datasets;

/// <summary>Reads fields of data sets' JSON, and says which file and field is wrong when one is.</summary>
internal static class DatasetJson
{
    /// <summary>A text that must be there; a number counts as its text.</summary>
    public static string Text(JsonElement item, string field, string file) => OptionalText(item, field) ?? throw Invalid(file, $"an entry has no \"{field}\"");

    /// <summary>A text, or null where there is none.</summary>
    public static string? OptionalText(JsonElement item, string field) => Field(item, field) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A list that must be there.</summary>
    public static JsonElement.ArrayEnumerator List(JsonElement item, string field, string file) =>
        Field(item, field) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw Invalid(file, $"an entry has no list \"{field}\"");

    /// <summary>A field of an object, or null.</summary>
    public static JsonElement? Field(JsonElement item, string field) =>
        item.ValueKind is JsonValueKind.Object && item.TryGetProperty(field, out JsonElement value) ? value : null;

    /// <summary>A whole file.</summary>
    public static async Task<JsonDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                return await JsonDocument.ParseAsync(stream, default, cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException exception)
            {
                throw Invalid(file, $"it is no JSON ({exception.Message})");
            }
        }
    }

    /// <summary>The entries of a file that is one JSON array, one by one: the file may be larger than memory.</summary>
    public static async IAsyncEnumerable<JsonElement> ReadEntriesAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            await using IAsyncEnumerator<JsonElement> entries = JsonSerializer.DeserializeAsyncEnumerable(stream, DatasetJsonContext.Default.JsonElement, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (await MoveAsync(entries, file).ConfigureAwait(false))
            {
                yield return entries.Current;
            }
        }
    }

    /// <summary>The error for a file of another form.</summary>
    public static MemOSException Invalid(string file, string problem) => new(ErrorCodes.InvalidInput, $"{file} is not of the form that the data set is published in: {problem}.");

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<JsonElement> entries, string file)
    {
        try
        {
            return await entries.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw Invalid(file, $"it is no JSON array ({exception.Message})");
        }
    }
}
