using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemOS.Evaluation.Datasets.Beam;

/// <summary>
/// Reads BEAM (arXiv 2510.27246): a folder <c>chats/SIZE</c> of its repository with a folder for each chat, or one chat's folder: <c>chat.json</c> and
/// <c>probing_questions/probing_questions.json</c>.
/// </summary>
/// <remarks>
/// A cut chat (<c>chat_trunecated.json</c>, the authors' spelling) goes before the whole one, as theirs does. Evidence are the messages that
/// <c>source_chat_ids</c> names and the chat has. A batch is a session. Its time is its anchor; where none is given, a day after the one before. The mark
/// "->-> 1,2" at the end of user messages is a label of the generator, not something said, and is left out.
/// </remarks>
public sealed partial class BeamReader : IDatasetReader
{
    private static readonly string[] ChatFiles = ["chat_trunecated.json", "chat.json"];
    private static readonly string[] AnswerFields = ["answer", "ideal_answer", "ideal_response", "ideal_summary", "expected_compliance"];
    private static readonly string[] AnchorForms = ["MMMM-d-yyyy", "MMMM-dd-yyyy", "MMMM d, yyyy", "yyyy-MM-dd"];

    /// <inheritdoc/>
    public string Name => "beam";

    /// <inheritdoc/>
    public string Description => "BEAM (arXiv 2510.27246): ten abilities over very long project talks. The folder chats/SIZE, or the folder of one chat.";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] folders = ChatFile(path) is not null ? [path]
            : Directory.Exists(path) ? [.. Directory.GetDirectories(path).Where(folder => ChatFile(folder) is not null).OrderBy(folder => Path.GetFileName(folder).PadLeft(8, '0'), StringComparer.Ordinal)]
            : [];
        if (folders.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"'{path}' is neither the folder of a BEAM chat (with chat.json) nor a folder of such folders.");
        }

        foreach (string folder in folders)
        {
            yield return await ReadFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? ChatFile(string folder) => ChatFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static async Task<LabelledConversation> ReadFolderAsync(string folder, CancellationToken cancellationToken)
    {
        string chatFile = ChatFile(folder)!; // the folder was chosen for it
        MessageList messages = new();
        using (JsonDocument chat = await DatasetJson.ReadAsync(chatFile, cancellationToken).ConfigureAwait(false))
        {
            DateTimeOffset time = MessageList.Untimed;
            AddBatches(messages, chat.RootElement, "", ref time, chatFile);
        }

        ImmutableArray<MemOS.Reader.Message> said = messages.ToImmutable();
        HashSet<string> ids = [.. said.Select(message => message.Id)];
        string questionsFile = Path.Combine(folder, "probing_questions", "probing_questions.json");
        using JsonDocument questions = await DatasetJson.ReadAsync(questionsFile, cancellationToken).ConfigureAwait(false);
        return new LabelledConversation(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), said,
            [.. questions.RootElement.EnumerateObject().SelectMany(kind => kind.Value.EnumerateArray().Select((item, index) => Question(kind.Name, index, item, ids, questionsFile)))]);
    }

    // A chat is a list of batches; the longest ones are lists of plans that hold such lists.
    private static void AddBatches(MessageList messages, JsonElement element, string plan, ref DateTimeOffset time, string file)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                AddBatches(messages, item, plan, ref time, file);
            }
        }
        else if (DatasetJson.Field(element, "turns") is { ValueKind: JsonValueKind.Array } turns)
        {
            JsonElement[] said = [.. turns.EnumerateArray().SelectMany(turn => turn.ValueKind is JsonValueKind.Array ? turn.EnumerateArray().ToArray() : [turn])];
            time = said.Select(Anchor).Append(Anchor(element)).FirstOrDefault(anchor => anchor is not null) ?? time.AddDays(1);
            messages.Begin($"{plan}batch-{DatasetJson.OptionalText(element, "batch_number") ?? "0"}", time);
            foreach (JsonElement message in said)
            {
                messages.Add(
                    DatasetJson.Text(message, "role", file), GeneratorMark().Replace(DatasetJson.Text(message, "content", file), ""), DatasetJson.Text(message, "id", file));
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (JsonProperty part in element.EnumerateObject())
            {
                AddBatches(messages, part.Value, $"{plan}{part.Name}/", ref time, file);
            }
        }
    }

    private static DateTimeOffset? Anchor(JsonElement item) =>
        DateTimeOffset.TryParseExact(DatasetJson.OptionalText(item, "time_anchor"), AnchorForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : null;

    private static LabelledQuestion Question(string kind, int index, JsonElement item, HashSet<string> ids, string file) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind}-{index}"),
        Text = DatasetJson.Text(item, "question", file),
        Category = kind.Replace('_', '-'),
        Evidence = [.. Numbers(DatasetJson.Field(item, "source_chat_ids")).Where(ids.Contains)],
        Answer = AnswerFields.Select(field => DatasetJson.OptionalText(item, field)).FirstOrDefault(answer => answer is not null),
        Rubric = DatasetJson.Field(item, "rubric") is { ValueKind: JsonValueKind.Array } rubric ? [.. rubric.EnumerateArray().Select(point => point.ToString())] : [],
        IsUnanswerable = kind == "abstention",
    };

    // A list, or lists by role in the question: first and second statement, original and updated.
    private static IEnumerable<string> Numbers(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } number => [number.GetRawText()],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().SelectMany(item => Numbers(item)),
        { ValueKind: JsonValueKind.Object } parts => parts.EnumerateObject().SelectMany(part => Numbers(part.Value)),
        _ => [],
    };

    [GeneratedRegex(@"\s*->->\s*[\d,]+\s*$")]
    private static partial Regex GeneratorMark();
}
