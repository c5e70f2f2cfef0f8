using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemOS.Reader;
using MemOS.Transfer;

namespace MemOS.Evaluation.LoCoMo;

/// <summary>One LoCoMo conversation (arXiv 2402.17753) with the questions about it.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Messages">The turns of all sessions, in order.</param>
/// <param name="Questions">The questions of categories 1 to 4 with at least one evidence turn that exists.</param>
public sealed partial record LoCoMoConversation(string Name, ImmutableArray<Message> Messages, ImmutableArray<LoCoMoQuestion> Questions)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when it is not a LoCoMo conversation; <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public static async Task<LoCoMoConversation> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        MemLoader loader = new(TimeProvider.System); // every turn has a time, so the clock is not read
        if (await MemLoader.DetectAsync(path, cancellationToken).ConfigureAwait(false) is not ImportFormat.LoCoMo)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{path} is not a LoCoMo conversation: it has no \"session_1\".");
        }

        ImmutableArray<Message>.Builder messages = ImmutableArray.CreateBuilder<Message>();
        await foreach (Message message in loader.ReadMessagesAsync(path, ImportFormat.LoCoMo, cancellationToken).ConfigureAwait(false))
        {
            messages.Add(message);
        }

        HashSet<string> turns = [.. messages.Select(message => message.Id)];
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(bytes);
        ImmutableArray<LoCoMoQuestion> questions = document.RootElement.TryGetProperty("qa", out JsonElement list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Select((item, index) => Question(item, index, turns)).OfType<LoCoMoQuestion>()]
            : [];
        return new LoCoMoConversation(Path.GetFileNameWithoutExtension(path), messages.DrainToImmutable(), questions);
    }

    private static LoCoMoQuestion? Question(JsonElement item, int index, HashSet<string> turns)
    {
        // Category 5 asks for what is not there; a few evidence strings hold several ids, or none that exists.
        if (!item.TryGetProperty("category", out JsonElement category) || !category.TryGetInt32(out int number) || number is < 1 or > 4 ||
            !item.TryGetProperty("question", out JsonElement text) || text.GetString() is not { Length: > 0 } question ||
            !item.TryGetProperty("evidence", out JsonElement evidence) || evidence.ValueKind is not JsonValueKind.Array)
        {
            return null;
        }

        ImmutableHashSet<string> gold = [.. evidence.EnumerateArray()
            .Where(entry => entry.ValueKind is JsonValueKind.String)
            .SelectMany(entry => TurnId().Matches(entry.GetString()!)) // a JSON string is not null
            .Select(match => match.Value)
            .Where(turns.Contains)];
        return gold.IsEmpty ? null : new LoCoMoQuestion(index, question, number, gold);
    }

    [GeneratedRegex("D[0-9]+:[0-9]+")]
    private static partial Regex TurnId();
}
