using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Operator.Corrections;
using MemOS.Reader;
using MemOS.Reader.Time;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat;

/// <summary>Feedback in plain words as a client of this wire sends it, checked.</summary>
/// <param name="User">The user.</param>
/// <param name="Input">The words, without the memories that they are about.</param>
/// <param name="Retrieved">The memories that the answer was based on, in whichever cube.</param>
/// <param name="History">What was said before, newest last; used where the words say "it" and the session has no stored turns.</param>
/// <param name="Task">The task id that the client chose, or null.</param>
/// <param name="Later">Whether the client does not wait until it is carried out.</param>
internal sealed record WireFeedback(string? User, FeedbackInput Input, IReadOnlyList<CubeId> Retrieved, string? History, string? Task, bool Later)
{
    private const int MostHistory = 4_000;

    /// <summary>Reads the body of <c>POST /product/feedback</c>.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    /// <exception cref="MemOSException">It asks for what this server does not do.</exception>
    public static WireFeedback Read(WireBody body, DateTimeOffset now)
    {
        string user = body.Required("user_id");
        foreach (string key in (ReadOnlySpan<string>)["history", "feedback_content"])
        {
            _ = body.Has(key) ? 0 : throw BodyFaultException.Missing(key);
        }

        if (body.Flag("corrected_answer", false))
        {
            throw new MemOSException("not_offered", "This server writes no corrected answer to a feedback; leave corrected_answer out and ask the chat again.");
        }

        Message[] history = Messages(body.Json("history"), now);
        string said = body.Text("feedback_content") ?? history.LastOrDefault(message => message.Role == MessageRole.User)?.Text
            ?? throw new BodyFaultException("feedback_content", "feedback_content is null and history holds nothing that the user said: there is no feedback.");
        string? chosen = ProductAddition.Chosen(body.Text("task_id"));
        return new WireFeedback(
            user,
            InputOf(said, Time(body.Text("feedback_time"), now), body.Text("session_id") ?? "default_session", ProductInfo.Read(body.Json("info"), null), chosen),
            Ids(body.Texts("retrieved_memory_ids")),
            Words(history),
            chosen,
            body.OneOf("async_mode", "async", "async", "sync") == "async");
    }

    /// <summary>Reads the form of <c>POST /product/add</c> that says that its messages are feedback: what the user says in them, after what was said before.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    public static WireFeedback Read(ProductAddRequest request, DateTimeOffset now)
    {
        Message[] messages = request.MemoryContent is { } text ? [new Message { Id = "", Text = text, Time = now }] : Messages(request.Messages, now);
        Message last = messages.LastOrDefault(message => message.Role == MessageRole.User && message.Text.Length > 0)
            ?? throw new BodyFaultException("messages", "messages holds nothing that the user says: there is no feedback.");
        string? chosen = ProductAddition.Chosen(request.TaskId);
        return new WireFeedback(
            request.UserId,
            InputOf(last.Text, null, ProductCubes.Session(request.SessionId, request.ConversationId), ProductInfo.Read(request.Info, request.Source), chosen),
            [],
            Words(messages.TakeWhile(message => !ReferenceEquals(message, last))),
            chosen,
            request.AsyncMode != "sync");
    }

    /// <summary>The words, with what belongs to them.</summary>
    public static FeedbackInput InputOf(string text, DateTimeOffset? time, string? session, ImmutableSortedDictionary<string, string> info, string? task)
    {
        MessageRules.RequireText(text, "feedback_content");
        MessageRules.RequireName(session, "session_id");
        info = task is null ? info : info.SetItem(ProductInfo.Task, task);
        return new FeedbackInput { Text = text, Time = time, Conversation = session, Info = info.IsEmpty ? null : info };
    }

    /// <summary>A time; null when absent.</summary>
    /// <exception cref="BodyFaultException">It is none.</exception>
    public static DateTimeOffset? Time(string? text, DateTimeOffset now) => text is null ? null
        : ChatTimeParser.TryParse(text, now, out DateTimeOffset time) ? time
        : throw new BodyFaultException("feedback_time", "feedback_time is not a time that exists.");

    private static CubeId[] Ids(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(text => CubeId.TryParse(text, out CubeId id) ? id : default).Where(id => !id.IsDefault).Distinct()];

    private static Message[] Messages(JsonElement? json, DateTimeOffset now)
    {
        ProductMessageReader reader = new(now, null, [], ImmutableSortedDictionary<string, string>.Empty);
        reader.Read(json);
        return [.. reader.Messages];
    }

    private static string? Words(IEnumerable<Message> messages)
    {
        string words = string.Join('\n', messages.TakeLast(4).Select(message => message.Text));
        return words.Length is 0 ? null : MessageRules.End(words, MostHistory);
    }
}
