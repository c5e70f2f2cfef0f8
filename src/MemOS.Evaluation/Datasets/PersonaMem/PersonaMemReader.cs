using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MemOS.Evaluation.Datasets.PersonaMem;

/// <summary>
/// Reads PersonaMem (arXiv 2504.14225): <c>questions_SIZE.csv</c> beside <c>shared_contexts_SIZE.jsonl</c>. Every question is a choice of answers.
/// </summary>
/// <remarks>
/// A question may know the first <c>end_index_in_shared_context</c> messages of its context and nothing after them, so each such cut is a conversation of its
/// own. The files name no evidence, so only answers can be measured, and no times, so only the order is known. A system message, which describes
/// the person, begins each session.
/// </remarks>
public sealed class PersonaMemReader : IDatasetReader
{
    private const string QuestionsPrefix = "questions";
    private const string ContextsPrefix = "shared_contexts";

    /// <inheritdoc/>
    public string Name => "personamem";

    /// <inheritdoc/>
    public string Description => "PersonaMem (arXiv 2504.14225): choices of answers that fit a person who changes. A folder with questions_SIZE.csv and shared_contexts_SIZE.jsonl, or one such CSV file.";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string file in DatasetFiles.Find(path, ".csv"))
        {
            ILookup<string, PersonaMemQuestion> questions = PersonaMemQuestion.ReadAll(file).ToLookup(question => question.Context);
            string contexts = Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileNameWithoutExtension(file).Replace(QuestionsPrefix, ContextsPrefix, StringComparison.Ordinal) + ".jsonl");
            if (!File.Exists(contexts))
            {
                throw DatasetJson.Invalid(file, $"there is no '{Path.GetFileName(contexts)}' beside it");
            }

            await foreach (string line in File.ReadLinesAsync(contexts, cancellationToken).ConfigureAwait(false))
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    foreach (LabelledConversation conversation in Read(line, questions, contexts))
                    {
                        yield return conversation;
                    }
                }
            }
        }
    }

    // A line is an object with one field: the context's id, and its messages.
    private static IEnumerable<LabelledConversation> Read(string line, ILookup<string, PersonaMemQuestion> questions, string file)
    {
        using JsonDocument document = Parse(line, file);
        foreach (JsonProperty context in document.RootElement.EnumerateObject())
        {
            foreach (IGrouping<int, PersonaMemQuestion> cut in questions[context.Name].GroupBy(question => question.EndIndex).OrderBy(group => group.Key))
            {
                MessageList messages = new();
                int session = 0;
                foreach ((int index, JsonElement message) in context.Value.EnumerateArray().Take(cut.Key).Index())
                {
                    string role = DatasetJson.Text(message, "role", file);
                    if (session == 0 || role == "system")
                    {
                        session++;
                        messages.Begin(string.Create(CultureInfo.InvariantCulture, $"session-{session}"), MessageList.Untimed.AddHours(session));
                    }

                    messages.Add(role, DatasetJson.Text(message, "content", file), string.Create(CultureInfo.InvariantCulture, $"{index}"));
                }

                yield return new LabelledConversation(
                    string.Create(CultureInfo.InvariantCulture, $"{context.Name}@{cut.Key}"), messages.ToImmutable(), [.. cut.Select(question => question.Labelled)]);
            }
        }
    }

    private static JsonDocument Parse(string line, string file)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            throw DatasetJson.Invalid(file, $"a line is no JSON ({exception.Message})");
        }
    }
}
