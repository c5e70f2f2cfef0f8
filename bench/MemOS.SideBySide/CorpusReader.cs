using System.Text.Json;

namespace MemOS.SideBySide;

/// <summary>Reads the files that <c>corpus.mjs</c> writes.</summary>
internal static class CorpusReader
{
    /// <summary>Reads <paramref name="count"/> messages after the first <paramref name="skip"/>, a line at a time.</summary>
    /// <exception cref="InvalidDataException">The file holds fewer messages.</exception>
    public static IEnumerable<Message> Messages(string corpus, int skip, int count)
    {
        var read = 0;
        foreach (var line in File.ReadLines(corpus).Skip(skip).Take(count))
        {
            read++;
            yield return JsonSerializer.Deserialize(line, ProtocolJsonContext.Default.Message)
                ?? throw new InvalidDataException($"Line {skip + read} of {corpus} is null; generate the corpus again.");
        }

        if (read < count)
        {
            throw new InvalidDataException($"{corpus} holds {skip + read} messages, {skip + count} are needed; generate a larger corpus.");
        }
    }

    /// <summary>Reads all questions.</summary>
    public static IReadOnlyList<Question> Questions(string queries) =>
        [.. File.ReadLines(queries).Select(line => JsonSerializer.Deserialize(line, ProtocolJsonContext.Default.Question)
            ?? throw new InvalidDataException($"{queries} has a null line; generate the corpus again."))];
}
