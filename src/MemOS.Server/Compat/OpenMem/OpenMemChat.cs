using System.Text.Json.Nodes;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Chat;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>chat</c>: the chat model of this server with memory added, at once or as a stream.</summary>
internal static class OpenMemChat
{
    public static async Task<IResult> ChatAsync(WireBody body, HttpContext context, CallerVaults host, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        _ = body.Required("user_id");
        string conversation = OpenMemAdding.Conversation(body) ?? throw BodyFaultException.Missing("conversation_id");
        ChatAsk ask = ChatAsk.Read(body, "model_name");
        OpenMemAdding.ChatRefusals(body);
        OpenMemScope scope = OpenMemScope.Read(body, host);
        OpenMemLists lists = OpenMemLists.Read(body, toolsByDefault: false);
        ILogger logger = loggers.CreateLogger("MemOS.Server");
        IReadOnlyList<VaultId> writable = host.RequireOpen(body.Flag("add_message_on_answer", true) ? [scope.Owner] : []);
        ChatMemories memories = new(null, writable, scope.Owner.Value, conversation, OpenMemAdding.Info(body, body.Texts("agent_id")));
        ChatModel model = ChatModel.Of(context.RequestServices);
        IReadOnlyList<string> lines = await FindAsync(body, scope, lists, host, clock, logger, cancellationToken);
        if (!body.Flag("stream", false))
        {
            ChatWords words = await model.AnswerAsync(ask, lines, cancellationToken);
            await memories.StoreAsync(ask, words.Text, host, clock, logger);
            return WireAnswer.OpenMem(new JsonObject { ["response"] = words.Text });
        }

        WireEvents events = new(context.Response);
        await ProductChat.RunAsync(context, events, async () =>
        {
            string answer = await ProductChat.SpeakAsync(events, model, ask, lines, cancellationToken);
            await memories.StoreAsync(ask, answer, host, clock, logger);
        });
        return Results.Empty;
    }

    private static async Task<IReadOnlyList<string>> FindAsync(WireBody body, OpenMemScope scope, OpenMemLists lists, CallerVaults host, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            OpenMemFound found = await OpenMemSearching.FindAsync(body, scope, lists, host, clock.GetUtcNow(), cancellationToken);
            return [.. found.Preferences.Concat(found.Facts).Concat(found.Events).Concat(found.Tools).Select(hit => ProductItems.Text(hit.Cube))];
        }
        catch (Exception e) when (e is not BodyFaultException && !cancellationToken.IsCancellationRequested)
        {
            ServerLog.ChatWithoutMemory(logger, ServerLog.CodeOf(e), e);
            return [];
        }
    }
}
