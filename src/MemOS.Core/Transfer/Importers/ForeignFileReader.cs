using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MemOS.Transfer.Importers;

/// <summary>Reads a file of another system as a stream of items: a list element by element, JSON Lines line by line, anything else whole.</summary>
internal static class ForeignFileReader
{
    public static async IAsyncEnumerable<ImportItem> ReadAsync(
        Stream stream, ImportFormat format, ForeignFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (format is ImportFormat.MarkdownMemory)
        {
            foreach (ImportItem item in MarkdownMemoryReader.Read(await TextStreams.ReadAsync(stream, file.Path, cancellationToken).ConfigureAwait(false), file))
            {
                yield return item;
            }

            yield break;
        }

        await using IAsyncEnumerator<JsonElement> values = ValuesAsync(stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(values, file).ConfigureAwait(false))
        {
            foreach (ImportItem item in ForeignFormats.Read(format, values.Current, file))
            {
                yield return item;
            }
        }
    }

    // A list gives its elements; otherwise each of the values that follow one another, which is one for a plain file and many for JSON Lines.
    private static IAsyncEnumerable<JsonElement> ValuesAsync(Stream stream, CancellationToken cancellationToken)
    {
        bool list = JsonStreams.StartsWithList(stream);
        return JsonSerializer.DeserializeAsyncEnumerable(stream, TransferJsonContext.Default.JsonElement, topLevelValues: !list, cancellationToken);
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> values, ForeignFile file)
    {
        try
        {
            return await values.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw TransferErrors.NotJson(file.Path, exception);
        }
    }
}
