using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Activation;
using MemOS.Api;
using MemOS.Chat;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary><c>POST /v1/chat/completions</c>: recall, ask the model, store, and say which memories were used.</summary>
internal static class ChatCompletions
{
    public static async Task CompleteAsync(HttpContext context, CallerVaults vaults, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        IUpstream upstream = context.RequestServices.GetService<IUpstream>() ?? throw NoModel();
        ChatRequest request = await ChatRequest.ReadAsync(context.Request, cancellationToken);

        // Which vault is no matter of memory but of rights: a vault that the key does not open fails the call.
        VaultId vault = vaults.Meant(request.Vault);
        IMemoryClient memory = vaults.CreateClient(vault, create: true);
        ConversationMemory conversation = new(memory, new ChatMemoryOptions { Clock = clock, Loggers = loggers }.Checked());
        string? session = context.Request.Headers[OpenAIRoutes.SessionHeader] is [{ Length: > 0 } named] ? Uri.UnescapeDataString(named) : request.Session;
        IReadOnlyList<NewMessage> said = request.Stores ? request.Said() : [];
        ActivationUpkeep? upkeep = context.RequestServices.GetService<ActivationUpkeep>();
        if (request is { Recalls: true, Begins: true })
        {
            upkeep?.Begin(vault, vaults.Caller); // while memories are looked for
        }

        RecallResponse? found = request.Recalls ? await conversation.RecallAsync(request.Question, cancellationToken) : null;
        (CubeId? mounted, IReadOnlyList<(CubeId, float)> vectors) = (request.Mounted, request.Steering);
        ModelUpstream? mounting = upstream is ModelUpstream { TakesMemories: true } local ? local : null;
        if (mounting is null && (mounted is not null || vectors.Count > 0))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "memos.mount and memos.steering need a local model; this server passes questions on to another.");
        }

        await using VaultLease? lease = mounting is not null && (found is { Hits.Count: > 0 } || mounted is not null || vectors.Count > 0) ? await vaults.OpenAsync(vault, cancellationToken: cancellationToken) : null;
        IReadOnlyList<UsedMemory> used = [.. (found?.Hits ?? []).Select(hit => new UsedMemory(new CubeId(hit.Cube.Id), null, AsText: true))];
        HttpResponseMessage response;
        if (mounting is not null)
        {
            RecalledMemories? recalled = lease is null ? null : new(lease.Vault, vaults.Caller, [.. used.Select(memory => lease.Vault.Find(memory.Cube, vaults.Caller)).OfType<MemCube>()]) { Mounted = mounted };
            SteeringUse? steering = lease is null || vectors.Count == 0 ? null : new(lease.Vault, vaults.Caller, vectors);
            (response, used) = await mounting.CompleteAsync(request.Body, recalled, steering, cancellationToken);
            upkeep?.Wake(vault, vaults.Caller, request.Question);
        }
        else
        {
            if (found?.PromptText() is { Length: > 0 } text)
            {
                request.Inject(text);
            }

            response = await upstream.SendAsync(HttpMethod.Post, "chat/completions", request.Body, context.Request.Headers, cancellationToken);
        }

        using HttpResponseMessage answer = response;
        UpstreamAnswer.CopyHead(answer, context.Response);
        context.Response.Headers[CallerVaults.Header] = Uri.EscapeDataString(memory.Vault);
        context.Response.Headers[OpenAIRoutes.MemoriesHeader] = string.Join(',', used.Select(memory => memory.Cube));
        if (!answer.IsSuccessStatusCode)
        {
            await answer.Content.CopyToAsync(context.Response.Body, cancellationToken);
        }
        else if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            await StreamAsync(answer, context.Response, Told(memory.Vault, used), (words, complete) => StoreAsync(words, complete), cancellationToken);
        }
        else
        {
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            JsonObject? completion = UpstreamAnswer.TryParse(body);
            await StoreAsync(UpstreamAnswer.Words(completion), complete: completion is not null);
            if (completion is not null)
            {
                completion["memos"] = Told(memory.Vault, used);
            }

            await context.Response.Body.WriteAsync(completion is null ? body : JsonSerializer.SerializeToUtf8Bytes(completion), cancellationToken);
        }

        // A model that began to answer has heard the user. Half an answer is none.
        Task StoreAsync(string? words, bool complete) => !request.Stores ? Task.CompletedTask
            : conversation.StoreAsync(complete && ConversationMemory.Own(words) is { } own ? [.. said, new NewMessage { Text = own, Role = "assistant" }] : said, session);
    }

    private static async Task StreamAsync(HttpResponseMessage answer, HttpResponse response, JsonObject told, Func<string?, bool, Task> store, CancellationToken cancellationToken)
    {
        CompletionStream stream = new(response.BodyWriter, told);
        bool stored = false;
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);

            // The last line waits until the exchange is stored, so that the client's next question finds it.
            await stream.CopyAsync(
                body,
                async () =>
                {
                    stored = true;
                    await store(stream.Words, true);
                },
                cancellationToken);
        }
        finally
        {
            if (!stored)
            {
                await store(null, false);
            }
        }
    }

    private static JsonObject Told(string vault, IReadOnlyList<UsedMemory> used) => new()
    {
        ["vault"] = vault,
        ["memories"] = new JsonArray([.. used.Select(memory => (JsonNode)memory.Cube.ToString())]),
        ["forms"] = new JsonArray([.. used.Select(memory => (JsonNode)memory.Form)]),
    };

    private static MemOSException NoModel() =>
        new("not_offered", "This server has no model behind it. Start it with --upstream URL, the address of an OpenAI-compatible endpoint, or with --model for a local one.");
}
