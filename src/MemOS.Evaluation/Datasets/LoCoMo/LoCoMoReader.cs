using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemOS.Reader;
using MemOS.Transfer;

namespace MemOS.Evaluation.Datasets.LoCoMo;

/// <summary>Reads LoCoMo (arXiv 2402.17753): a JSON file for each conversation between two friends.</summary>
/// <remarks>
/// The questions of categories 1 to 4 with at least one evidence turn that exists. Category 5 asks for what is not there. Summaries, observations and
/// events in the files were made from the answers and are never read.
/// </remarks>
public sealed partial class LoCoMoReader : IDatasetReader
{
    // Of the ten that are published. Chosen before any tuning, for a like number of questions of each category among the first five.
    private static readonly ImmutableHashSet<string> Development = ["26", "30", "41"];

    /// <inheritdoc/>
    public string Name => "locomo";

    /// <inheritdoc/>
    public string Description => "LoCoMo (arXiv 2402.17753): long chats between friends. A folder with a JSON file for each conversation.";

    /// <inheritdoc/>
    public DatasetSplit SplitOf(string conversation) => Development.Contains(conversation) ? DatasetSplit.Development : DatasetSplit.HeldOut;

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string file in DatasetFiles.Find(path, ".json"))
        {
            yield return await ReadFileAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<LabelledConversation> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        MemLoader loader = new(TimeProvider.System); // every turn has a time, so the clock is not read
        if (await MemLoader.DetectAsync(file, cancellationToken).ConfigureAwait(false) is not ImportFormat.LoCoMo)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{file} is not a LoCoMo conversation: it has no \"session_1\".");
        }

        ImmutableArray<Message>.Builder messages = ImmutableArray.CreateBuilder<Message>();
        await foreach (Message message in loader.ReadMessagesAsync(file, ImportFormat.LoCoMo, cancellationToken).ConfigureAwait(false))
        {
            messages.Add(message);
        }

        HashSet<string> turns = [.. messages.Select(message => message.Id)];
        byte[] bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(bytes);
        ImmutableArray<LabelledQuestion> questions = document.RootElement.TryGetProperty("qa", out JsonElement list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Select((item, index) => Question(item, index, turns)).OfType<LabelledQuestion>()]
            : [];
        return new LabelledConversation(Path.GetFileNameWithoutExtension(file), messages.DrainToImmutable(), questions);
    }

    private static LabelledQuestion? Question(JsonElement item, int index, HashSet<string> turns)
    {
        if (!item.TryGetProperty("category", out JsonElement category) || !category.TryGetInt32(out int number) || CategoryName(number) is not { } name ||
            !item.TryGetProperty("question", out JsonElement text) || text.GetString() is not { Length: > 0 } question ||
            !item.TryGetProperty("evidence", out JsonElement evidence) || evidence.ValueKind is not JsonValueKind.Array)
        {
            return null;
        }

        // A few evidence strings hold several ids, or none that exists.
        ImmutableHashSet<string> gold = [.. evidence.EnumerateArray()
            .Where(entry => entry.ValueKind is JsonValueKind.String)
            .SelectMany(entry => TurnId().Matches(entry.GetString()!)) // a JSON string is not null
            .Select(match => match.Value)
            .Where(turns.Contains)];
        return gold.IsEmpty ? null : new LabelledQuestion
        {
            Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Text = question,
            Category = name,
            Evidence = gold,
            Answer = item.TryGetProperty("answer", out JsonElement answer) ? answer.ToString() : null,
        };
    }

    private static string? CategoryName(int category) => category switch
    {
        1 => "multi-hop",
        2 => "temporal",
        3 => "open-domain",
        4 => "single-hop",
        _ => null,
    };

    [GeneratedRegex("D[0-9]+:[0-9]+")]
    private static partial Regex TurnId();
}
