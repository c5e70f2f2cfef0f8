using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Api;
using MemOS.Reader;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS.Chat;

/// <summary>Memory beside a conversation: recalls before a model is asked, stores after it has answered. A failure is logged and never gets in the way.</summary>
internal sealed class ConversationMemory(IMemoryClient memory, ChatMemoryOptions options)
{
    private const string AgentKey = "agent";
    private const int LongestQuestion = 32_768;
    private readonly ILogger _logger = options.Loggers?.CreateLogger("MemOS.Chat") ?? NullLogger.Instance;
    private readonly IMemoryClient _searched = options.SearchIn ?? memory;

    /// <summary>A text without what recall once put into it; null when nothing of its own is left.</summary>
    public static string? Own(string? text) => text is null ? null
        : InjectionStamp.OwnSpans(text) is { IsEmpty: false } spans ? string.Join("\n", spans.Select(span => text.Substring(span.Start, span.Length)))
        : null;

    /// <summary>Finds memories for a question; null when there is nothing to ask, or memory fails or takes too long.</summary>
    public async Task<RecallResponse?> RecallAsync(string? question, CancellationToken cancellationToken)
    {
        if (Own(question) is not { } asked)
        {
            return null;
        }

        using CancellationTokenSource late = new(options.RecallTimeout, options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            RecallRequest request = new()
            {
                Text = MessageRules.End(asked, LongestQuestion),
                Limit = options.Limit,
                TokenBudget = options.TokenBudget,
                ExcerptTokens = options.ExcerptTokens,
                MinimumRelevance = options.MinimumRelevance,
                Filter = Filter(options.Search),
            };
            return await _searched.RecallAsync(request, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            ChatLog.RecallFailed(_logger, _searched.Vault, e);
            return null;
        }
    }

    /// <summary>Stores what was said. Not cancelled with the call: what was said has been said.</summary>
    public async Task StoreAsync(IEnumerable<NewMessage> said, string? session)
    {
        NewMessage[] messages = [.. said];
        if (messages.Length == 0)
        {
            return;
        }

        using CancellationTokenSource late = new(options.StoreTimeout, options.Clock);
        try
        {
            string? conversation = options.Store.Session ?? session;
            await memory.AddAsync(
                new AddMessagesRequest
                {
                    Conversation = conversation is { Length: > 0 and <= MessageRules.MaximumNameLength } ? conversation : null,
                    Messages = options.Store.Agent is { } agent ? [.. messages.Select(message => message with { Info = Info(agent) })] : messages,
                },
                late.Token).WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ChatLog.StoreFailed(_logger, memory.Vault, e);
        }
    }

    private static Dictionary<string, JsonElement> Info(string agent) => new() { [AgentKey] = Element(JsonValue.Create(agent)) };

    private static JsonElement? Filter(MemoryScope scope)
    {
        List<JsonNode?> conditions = [];
        if (scope.Agent is { } agent)
        {
            conditions.Add(new JsonObject { [$"info.{AgentKey}"] = agent });
        }

        if (scope.Session is { } session)
        {
            conditions.Add(new JsonObject { ["conversation"] = session });
        }

        return conditions.Count == 0 ? null : Element(new JsonObject { ["and"] = new JsonArray([.. conditions]) });
    }

    private static JsonElement Element(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
