using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>add/message</c> and <c>add/feedback</c>: on disk, and found by search, before the answer; a task id tells how far the finer reading is.</summary>
internal static class OpenMemAdding
{
    private const int MostNames = 20;
    private const int LongestName = 100;

    public static async Task<WireAnswer> AddAsync(WireBody body, CallerVaults host, TimeProvider clock, WireTasks tasks, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? users = Names(body, "user_id");
        IReadOnlyList<string>? agents = Names(body, "agent_id");
        VaultId[] vaults = [.. (users ?? agents ?? throw BodyFaultException.Missing("user_id")).Select(name => new VaultId(name))];
        ProductAddition addition = Read(body, users is null ? null : agents, clock.GetUtcNow());
        ChatRefusals(body);
        host.RequireOpen(vaults);
        List<MessageRun> runs = [];
        foreach (VaultId vault in vaults)
        {
            runs.AddRange(MessageRun.Of(vault, await ProductAdding.StoreAsync(host, vault, addition, clock, cancellationToken)));
        }

        string task = TaskIds.Of(runs);
        string status = addition.Settle ? OpenMemStatus.Name((await tasks.ReadAsync(task, null, host, cancellationToken)).Status) : "running";
        return WireAnswer.OpenMem(new JsonObject { ["success"] = true, ["task_id"] = task, ["status"] = status });
    }

    public static async Task<WireAnswer> FeedbackAsync(WireBody body, CallerVaults host, TimeProvider clock, CancellationToken cancellationToken)
    {
        string user = Name(body.Required("user_id"), "user_id");
        ChatRefusals(body);
        ImmutableSortedDictionary<string, string> info = Info(body, body.Texts("agent_id"));
        WireFeedback feedback = new(
            user,
            WireFeedback.InputOf(body.Required("feedback_content"), WireFeedback.Time(body.Text("feedback_time"), clock.GetUtcNow()), Conversation(body), info, null),
            [],
            null,
            null,
            Later: true);
        string task = await ProductFeedback.AcceptAsync(feedback, [new VaultId(user)], host, cancellationToken);
        return WireAnswer.OpenMem(new JsonObject { ["success"] = true, ["task_id"] = task, ["status"] = "running" });
    }

    /// <summary>Metadata of what a request adds.</summary>
    public static ImmutableSortedDictionary<string, string> Info(WireBody body, IReadOnlyList<string>? agents)
    {
        ImmutableSortedDictionary<string, string> info = ProductInfo.Read(body.Json("info") ?? body.Json("metadata"), body.Text("source"));
        info = agents is null ? info : info.SetItem("agent_id", string.Join(',', agents));
        return body.Text("app_id") is { } app ? info.SetItem("app_id", app) : info;
    }

    /// <summary>Refuses what would keep memories where this server does not.</summary>
    /// <exception cref="MemOSException">It is asked for.</exception>
    public static void ChatRefusals(WireBody body)
    {
        if (body.Flag("allow_public", false))
        {
            throw new MemOSException("not_offered", "This server shares no memory among the users of a project: leave allow_public out, or add to a knowledge base.");
        }

        foreach (string key in (ReadOnlySpan<string>)["allow_knowledgebase_ids", "allow_memory_view"])
        {
            _ = body.Texts(key) is null ? 0 : throw new MemOSException("not_offered", $"This server does not choose by itself where or as what to keep a message: leave {key} out.");
        }
    }

    /// <summary>The conversation that a request names; null for none.</summary>
    public static string? Conversation(WireBody body) => body.Text("conversation_id") is { } name ? Name(name, "conversation_id") : null;

    private static ProductAddition Read(WireBody body, IReadOnlyList<string>? agents, DateTimeOffset now)
    {
        bool wait = !body.Flag("async_mode", true);
        string? conversation = Conversation(body);
        JsonElement messages = body.Json("messages") ?? throw BodyFaultException.Missing("messages");
        ImmutableArray<string> tags = [.. body.Texts("tags") ?? []];
        ImmutableSortedDictionary<string, string> info = Info(body, agents);
        ProductMessageReader reader = new(now, conversation, tags, info);
        reader.Read(messages);
        if (reader.Messages.Count == 0 && reader.Documents.Count == 0)
        {
            throw new BodyFaultException("messages", "messages holds nothing to remember: give at least one message with a text.");
        }

        for (int i = 0; i < reader.Messages.Count; i++)
        {
            MessageRules.Require(reader.Messages[i], i);
        }

        UInt128 content = ProductAddition.HashOf([messages.GetRawText(), conversation, .. tags, .. info.Select(entry => $"{entry.Key}={entry.Value}")]);
        return new ProductAddition([.. reader.Messages], [.. reader.Documents], null, null, wait, content);
    }

    private static IReadOnlyList<string>? Names(WireBody body, string key)
    {
        IReadOnlyList<string>? names = body.Texts(key)?.Distinct().Select(name => Name(name, key)).ToArray();
        return names is { Count: > MostNames } ? throw new BodyFaultException(key, $"{key} may hold {MostNames} names at most.") : names;
    }

    private static string Name(string name, string key) => name.Length <= LongestName ? name : throw new BodyFaultException(key, $"{key} may have {LongestName} characters at most.");
}
