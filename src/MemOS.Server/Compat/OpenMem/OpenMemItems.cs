using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>Writes cubes as the items of this wire. Times are milliseconds since 1970.</summary>
internal static class OpenMemItems
{
    /// <summary>The kind of a memory in the words of this wire: <c>detail_factual</c>, <c>preference</c>, <c>event</c> or <c>tool_memory</c>.</summary>
    public static string View(MemCube cube) => cube.Descriptive.Type switch
    {
        var type when type == SemanticType.Preference => "preference",
        var type when type == SemanticType.ToolTrace => "tool_memory",
        var type when type == SemanticType.Event => "event",
        _ => "detail_factual",
    };

    /// <summary>An item of <c>memory_detail_list</c>.</summary>
    public static JsonObject Memory(MemCube cube, double? relevance)
    {
        JsonObject item = Common(cube, relevance);
        item["memory_key"] = Title(cube);
        item["memory_value"] = ProductItems.Text(cube);
        item["memory_type"] = ProductItems.MemoryType(cube) is "UserMemory" ? "UserMemory" : "LongTermMemory";
        item["confidence"] = cube.Descriptive.Origin is OriginSignature.UserInput ? 1.0 : 0.9; // said in these words, or read out of them by a rule
        item["tags"] = WireAnswer.List(cube.Descriptive.Tags);
        return item;
    }

    /// <summary>An item of <c>preference_detail_list</c>.</summary>
    public static JsonObject Preference(MemCube cube, double? relevance)
    {
        JsonObject item = Common(cube, relevance);
        item["preference"] = cube.Text;
        item["preference_type"] = "explicit_preference";
        item["reasoning"] = "";
        return item;
    }

    /// <summary>An item of <c>tool_memory_detail_list</c>.</summary>
    public static JsonObject Tool(MemCube cube, double? relevance)
    {
        JsonObject item = Common(cube, relevance);
        item["tool_type"] = "ToolTrajectoryMemory";
        item["tool_value"] = cube.Text;
        item["tool_used_status"] = new JsonArray();
        item["experience"] = "";
        return item;
    }

    /// <summary>An item of <c>event_detail_list</c>.</summary>
    public static JsonObject Event(MemCube cube, double? relevance)
    {
        JsonObject item = Common(cube, relevance);
        item["event_key"] = Title(cube);
        item["event_value"] = ProductItems.Text(cube);
        item["event_type"] = "EventMemory";
        item["event_time"] = WireAnswer.List(cube.Valid.From is { } from ? [ProductItems.Iso(from)] : []);
        item["event_location"] = new JsonArray();
        item["event_roles"] = WireAnswer.List(cube.Descriptive.Entities);
        return item;
    }

    /// <summary>Where an item came from and what its adder said of it, for listings.</summary>
    public static JsonObject WithOrigin(JsonObject item, MemCube cube, bool isTool)
    {
        item["sources"] = isTool ? "conversation" : WireAnswer.List(cube.Sources.Select(source => source.MessageId));
        item["info"] = Info(cube);
        return item;
    }

    /// <summary>The free metadata of a memory.</summary>
    public static JsonObject Info(MemCube cube)
    {
        JsonObject info = [];
        foreach ((string key, string value) in (cube.Descriptive.Info ?? ImmutableSortedDictionary<string, string>.Empty).RemoveRange(ProductInfo.Own))
        {
            info[key] = value;
        }

        return info;
    }

    /// <summary>The state of a memory in the words of this wire.</summary>
    public static string Status(MemCube cube) => cube.State switch { CubeState.Archived => "archived", CubeState.Expired => "deleted", _ => "activated" };

    /// <summary>A time.</summary>
    public static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The title of a memory.</summary>
    public static string Title(MemCube cube) => cube.Descriptive.Info?.GetValueOrDefault("title") ?? cube.Descriptive.FactKey ?? ProductItems.Title(cube.Text ?? "");

    /// <summary>The conversation of a memory.</summary>
    public static string? Conversation(MemCube cube) => cube.Descriptive.Context ?? (cube.Sources.IsEmpty ? null : cube.Sources[0].Conversation);

    private static JsonObject Common(MemCube cube, double? relevance)
    {
        JsonObject item = new()
        {
            ["id"] = cube.Id.ToString(),
            ["create_time"] = Time(cube.Descriptive.CreatedAt),
            ["update_time"] = Time(cube.TxFrom),
            ["conversation_id"] = Conversation(cube),
            ["status"] = Status(cube),
        };
        if (relevance is { } value)
        {
            item["relativity"] = value;
        }

        return item;
    }
}
