using System.Text;
using System.Text.Json.Nodes;
using MemOS.Models;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Server.Errors;

namespace MemOS.Server.Compat.Chat;

/// <summary><c>POST /product/chat/complete</c>, <c>chat/stream</c> and <c>chat/stream/business_user</c>: the chat model of this server with memory added.</summary>
internal static class ProductChat
{
    public static async Task<WireAnswer> CompleteAsync(
        WireBody body, HttpContext context, CallerVaults host, CubeWhereabouts whereabouts, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        (ChatModel model, ChatAsk ask, ChatMemories memories, ILogger logger) = Prepare(body, context, host, clock, loggers);
        IReadOnlyList<string> lines = ChatMemories.Lines(await memories.FindAsync(host, whereabouts, logger, cancellationToken));
        ChatWords words = await model.AnswerAsync(ask, lines, cancellationToken);
        await memories.StoreAsync(ask, words.Text, host, clock, logger);
        return new WireAnswer(new JsonObject
        {
            ["message"] = "Chat completed successfully",
            ["data"] = new JsonObject { ["response"] = words.Text, ["reasoning"] = words.Reasoning },
        });
    }

    public static async Task StreamAsync(
        WireBody body, HttpContext context, CallerVaults host, CubeWhereabouts whereabouts, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        (ChatModel model, ChatAsk ask, ChatMemories memories, ILogger logger) = Prepare(body, context, host, clock, loggers);
        IReadOnlyList<string> lines = ChatMemories.Lines(await memories.FindAsync(host, whereabouts, logger, cancellationToken));
        WireEvents events = new(context.Response);
        await RunAsync(context, events, async () =>
        {
            string answer = await SpeakAsync(events, model, ask, lines, cancellationToken);
            await memories.StoreAsync(ask, answer, host, clock, logger);
        });
    }

    /// <summary>No business keys can be configured, so every key is unknown.</summary>
    public static IResult Business(WireBody body)
    {
        _ = body.Required("business_key");
        throw new MemOSException(ErrorCodes.Forbidden, "The business key is not known: this server has none. Use chat/stream with a key of this server.");
    }

    /// <summary>Reads a chat, and refuses what cannot be carried out before anything is done.</summary>
    public static (ChatModel Model, ChatAsk Ask, ChatMemories Memories, ILogger Logger) Prepare(WireBody body, HttpContext context, CallerVaults host, TimeProvider clock, ILoggerFactory loggers)
    {
        ChatAsk ask = ChatAsk.Read(body, "model_name_or_path");
        ChatMemories memories = ChatMemories.Read(body, host, clock.GetUtcNow());
        return (ChatModel.Of(context.RequestServices), ask, memories, loggers.CreateLogger("MemOS.Server"));
    }

    /// <summary>Sends the model's words as they come.</summary>
    /// <returns>All that it said.</returns>
    public static async Task<string> SpeakAsync(WireEvents events, ChatModel model, ChatAsk ask, IReadOnlyList<string> recalled, CancellationToken cancellationToken)
    {
        StringBuilder answer = new();
        await foreach (ChatWords words in model.StreamAsync(ask, recalled, cancellationToken))
        {
            if (words.Reasoning is { Length: > 0 } reasoning)
            {
                await events.SendAsync("reasoning", reasoning);
            }

            if (words.Text is { Length: > 0 } text)
            {
                answer.Append(text);
                await events.SendAsync("text", text);
            }
        }

        return answer.ToString();
    }

    /// <summary>Runs what sends events, and ends the stream: with an error, too, once a status can no longer tell of it.</summary>
    public static async Task RunAsync(HttpContext context, WireEvents events, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception e) when (e is MemOSException or ModelException && events.HasBegun)
        {
            Failure failure = context.RequestServices.GetRequiredService<FailureReader>().Read(e);
            if (failure.IsOfServer)
            {
                ILogger logger = context.RequestServices.GetRequiredService<ILogger<FailureHandler>>();
                ServerLog.RequestFailed(logger, context.Request.Method, context.Request.Path, failure.Code, e);
            }

            await events.SendAsync(new JsonObject { ["type"] = "error", ["content"] = failure.Detail, ["data"] = failure.Detail });
        }

        await events.SendAsync("end");
    }
}
