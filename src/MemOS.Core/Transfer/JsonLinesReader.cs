using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer;

/// <summary>Reads JSON Lines: a message, a list of messages or a conversation on each line. Blank lines are skipped.</summary>
internal static class JsonLinesReader
{
    public static async IAsyncEnumerable<Message> ReadAsync(
        Stream stream, string file, ChatReader chat, Action<ImportProblem>? badLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = TextStreams.Lines(stream);
        int number = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            foreach (Message message in ReadLine(line, number, file, chat, badLine))
            {
                yield return message;
            }
        }
    }

    private static IReadOnlyList<Message> ReadLine(string line, int number, string file, ChatReader chat, Action<ImportProblem>? badLine)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return [.. chat.Read(document.RootElement, number, where)]; // all of it at once: a conversation with a bad message is left out whole
        }
        catch (JsonException exception)
        {
            return Report(TransferErrors.Invalid($"{file}, {where}", "this is not valid JSON in UTF-8.", exception));
        }
        catch (InvalidOperationException exception)
        {
            return Report(TransferErrors.Undecodable($"{file}, {where}", exception));
        }
        catch (MemOSException exception)
        {
            return Report(exception);
        }

        IReadOnlyList<Message> Report(MemOSException problem)
        {
            if (badLine is null)
            {
                throw problem;
            }

            badLine(new ImportProblem(file, number, problem.Message));
            return [];
        }
    }
}
