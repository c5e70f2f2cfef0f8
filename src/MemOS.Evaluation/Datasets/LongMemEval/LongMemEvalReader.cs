using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MemOS.Evaluation.Datasets.LongMemEval;

/// <summary>
/// Reads LongMemEval (arXiv 2410.10813): a JSON file, for example <c>longmemeval_s.json</c>, <c>_m.json</c> or <c>_oracle.json</c>, with 500 questions, each
/// with a history of its own.
/// </summary>
/// <remarks>
/// Turns that are marked <c>has_answer</c> are the evidence, <c>answer_session_ids</c> its sessions. A question whose id ends in <c>_abs</c> asks for what was
/// never said: it is unanswerable and has no evidence. Sessions are stored in the order of their times. Evidence sessions keep telling names in the files
/// (<c>answer_...</c>): names of sessions are not text, and recall does not read them.
/// </remarks>
public sealed class LongMemEvalReader : IDatasetReader
{
    private static readonly string[] TimeForms = ["yyyy/MM/dd (ddd) HH:mm", "yyyy/MM/dd HH:mm", "yyyy/MM/dd (ddd)", "yyyy/MM/dd"];

    /// <inheritdoc/>
    public string Name => "longmemeval";

    /// <inheritdoc/>
    public string Description => "LongMemEval (arXiv 2410.10813): questions with a history of user-assistant sessions each. The JSON file longmemeval_s, _m or _oracle.";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string file in DatasetFiles.Find(path, ".json"))
        {
            await foreach (JsonElement entry in DatasetJson.ReadEntriesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                yield return Read(entry, file);
            }
        }
    }

    private static LabelledConversation Read(JsonElement entry, string file)
    {
        string id = DatasetJson.Text(entry, "question_id", file);
        string[] ids = [.. DatasetJson.List(entry, "haystack_session_ids", file).Select(item => item.ToString())];
        DateTimeOffset[] times = [.. DatasetJson.List(entry, "haystack_dates", file).Select(item => Time(item.ToString(), file))];
        JsonElement[] sessions = [.. DatasetJson.List(entry, "haystack_sessions", file)];
        if (ids.Length != sessions.Length || times.Length != sessions.Length)
        {
            throw DatasetJson.Invalid(file, $"question {id} has {sessions.Length} sessions, {ids.Length} ids and {times.Length} dates");
        }

        bool unanswerable = id.EndsWith("_abs", StringComparison.Ordinal);
        HashSet<string> answerIds = unanswerable ? [] : [.. DatasetJson.List(entry, "answer_session_ids", file).Select(item => item.ToString())];
        ImmutableHashSet<string>.Builder evidence = ImmutableHashSet.CreateBuilder<string>();
        ImmutableHashSet<string>.Builder evidenceSessions = ImmutableHashSet.CreateBuilder<string>();
        MessageList messages = new();
        foreach (int i in Enumerable.Range(0, sessions.Length).OrderBy(index => times[index]))
        {
            string session = messages.Begin(ids[i], times[i]);
            if (answerIds.Contains(ids[i]))
            {
                evidenceSessions.Add(session);
            }

            foreach (JsonElement turn in sessions[i].EnumerateArray())
            {
                string? message = messages.Add(DatasetJson.Text(turn, "role", file), DatasetJson.Text(turn, "content", file));
                if (message is not null && !unanswerable && DatasetJson.Field(turn, "has_answer") is { ValueKind: JsonValueKind.True })
                {
                    evidence.Add(message);
                }
            }
        }

        return new LabelledConversation(id, messages.ToImmutable(),
        [
            new LabelledQuestion
            {
                Id = id,
                Text = DatasetJson.Text(entry, "question", file),
                Category = DatasetJson.Text(entry, "question_type", file),
                Evidence = evidence.ToImmutable(),
                EvidenceSessions = evidenceSessions.ToImmutable(),
                AskedAt = Time(DatasetJson.Text(entry, "question_date", file), file),
                Answer = DatasetJson.OptionalText(entry, "answer"),
                IsUnanswerable = unanswerable,
            },
        ]);
    }

    private static DateTimeOffset Time(string text, string file) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw DatasetJson.Invalid(file, $"'{text}' is not a time like 2023/05/20 (Sat) 02:21");
}
