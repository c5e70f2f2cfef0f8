using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.Chat;

/// <summary><c>POST /product/chat/stream/playground</c>: a chat that shows what it does: the memories found, the words, the time taken, what could be asked next.</summary>
internal static class ProductPlayground
{
    public static async Task StreamAsync(
        WireBody body, HttpContext context, CallerVaults host, CubeWhereabouts whereabouts, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        (ChatModel model, ChatAsk ask, ChatMemories memories, ILogger logger) = ProductChat.Prepare(body, context, host, clock, loggers);
        WireEvents events = new(context.Response);
        long started = clock.GetTimestamp();
        await ProductChat.RunAsync(context, events, async () =>
        {
            await events.SendAsync("status", "0");
            ProductSearchData? found = await memories.FindAsync(host, whereabouts, logger, cancellationToken);
            await events.SendAsync("status", "1");
            await events.SendAsync("reference", References(found));
            if (found?.PrefString is { } preferences)
            {
                await events.SendAsync("pref_md_string", preferences);
            }

            await events.SendAsync("status", "2");
            string answer = await ProductChat.SpeakAsync(events, model, ask, ChatMemories.Lines(found), cancellationToken);
            await memories.StoreAsync(ask, answer, host, clock, logger);
            await events.SendAsync("time", new JsonObject { ["total_time"] = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3) }); // no speed_improvement: nothing to compare with was measured
            await events.SendAsync("suggestion", WireAnswer.List(ProductSuggestions.FromText($"{ask.Query}\n{answer}")));
        });
    }

    private static JsonArray References(ProductSearchData? found) => [.. (found?.TextMem ?? []).SelectMany(bucket => bucket.Memories).Select(item =>
    {
        JsonObject metadata = (JsonObject)ProductItems.ToNode([item])[0]!["metadata"]!.DeepClone(); // every item has metadata
        metadata["ref_id"] = item.RefId.Trim('[', ']');
        return (JsonNode)new JsonObject { ["metadata"] = metadata };
    })];
}
