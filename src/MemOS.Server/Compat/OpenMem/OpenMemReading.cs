using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>get/memory</c>, <c>get/memory/{id}</c> and <c>get/message</c>.</summary>
internal static class OpenMemReading
{
    public static async Task<WireAnswer> ListAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        OpenMemScope scope = OpenMemScope.Read(body, host);
        OpenMemLists lists = OpenMemLists.Read(body, toolsByDefault: true);
        int page = body.Count("page", 1, int.MaxValue) ?? body.Count("current", 1, int.MaxValue) ?? 1;
        int size = body.Count("size", 1, 50) ?? body.Count("page_size", 1, 50) ?? 10;
        CubeFilter filter = scope.FilterFor(scope.Owner) ?? CubeFilter.All;
        bool hidden = body.Json("filter")?.GetRawText().Contains("\"status\"", StringComparison.Ordinal) == true;
        await using VaultLease? lease = await ProductCubes.FindAsync(host, scope.Owner, cancellationToken);
        MemCube[] all = lease?.Vault.Read(reader => reader.ReadCurrent()
            .Where(cube => cube.Text is not null && (hidden || cube.State is not (CubeState.Archived or CubeState.Expired)) && filter.Matches(cube)).Reverse().ToArray()) ?? [];
        int total = 0;

        JsonArray Of(bool wanted, Func<MemCube, bool> kind, Func<MemCube, double?, JsonObject> item, bool isTool = false)
        {
            MemCube[] matching = wanted ? [.. all.Where(kind)] : [];
            total = Math.Max(total, matching.Length);
            return [.. matching.Skip((int)Math.Min(int.MaxValue, (page - 1L) * size)).Take(size).Select(cube => (JsonNode)OpenMemItems.WithOrigin(item(cube, null), cube, isTool))];
        }

        JsonObject data = OpenMemLists.Data(
            Of(lists.Facts, lists.IsFact, OpenMemItems.Memory),
            Of(lists.Preferences, cube => OpenMemItems.View(cube) == "preference", OpenMemItems.Preference),
            Of(lists.Tools, cube => OpenMemItems.View(cube) == "tool_memory", OpenMemItems.Tool, isTool: true),
            Of(lists.Events, cube => OpenMemItems.View(cube) == "event", OpenMemItems.Event),
            "");
        data.Remove("message_detail_list");
        data["total"] = total;
        data["size"] = size;
        data["current"] = page;
        data["pages"] = (total + size - 1) / size;
        return WireAnswer.OpenMem(data);
    }

    public static async Task<WireAnswer> GetAsync(string id, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        await using FoundCube found = await FoundCube.FindAsync(id, host, whereabouts, null, cancellationToken) ?? throw FoundCube.NotFound(id);
        MemCube cube = found.Cube;
        return WireAnswer.OpenMem(new JsonObject
        {
            ["id"] = cube.Id.ToString(),
            ["memory_view"] = OpenMemItems.View(cube),
            ["title"] = OpenMemItems.Title(cube),
            ["content"] = cube.Text,
            ["conversation_id"] = OpenMemItems.Conversation(cube),
            ["message_ids"] = WireAnswer.List(cube.Sources.Select(source => source.MessageId)),
            ["status"] = OpenMemItems.Status(cube),
            ["algorithm_updatable"] = cube.State is not CubeState.Frozen,
            ["created_at"] = ProductItems.Iso(cube.Descriptive.CreatedAt),
            ["updated_at"] = ProductItems.Iso(cube.TxFrom),
            ["user_id"] = ProductInfo.UserOf(cube, found.Vault.Id),
            ["agent_id"] = cube.Descriptive.Info?.GetValueOrDefault("agent_id"),
            ["tags"] = WireAnswer.List(cube.Descriptive.Tags),
            ["info"] = OpenMemItems.Info(cube),
        });
    }

    /// <summary>The last messages of a conversation, oldest first.</summary>
    public static async Task<WireAnswer> MessagesAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        MemOS.Vaults.VaultId user = new(body.Required("user_id"));
        string conversation = body.Required("conversation_id");
        int most = body.Count("conversation_limit_number", 0, int.MaxValue) is 0 ? 0 : body.Count("message_limit_number", 0, 50) ?? 6;
        await using VaultLease? lease = await ProductCubes.FindAsync(host, user, cancellationToken);
        Message[] messages = lease?.Vault.Read(reader => reader.ReadConversation(conversation).TakeLast(most).ToArray()) ?? [];
        return WireAnswer.OpenMem(new JsonObject
        {
            ["message_detail_list"] = new JsonArray([.. messages.Select(message => (JsonNode)new JsonObject
            {
                ["role"] = message.Role.Value,
                ["content"] = message.Text,
                ["create_time"] = OpenMemItems.Time(message.Time),
                ["update_time"] = OpenMemItems.Time(message.ReceivedAt),
            })]),
        });
    }
}
