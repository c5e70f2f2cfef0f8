using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>Reads the filters of this wire: one for all cubes, or one for each. Whatever is not understood is an error that names its place.</summary>
internal static class ProductFilters
{
    private static readonly FilterParserOptions Options = new() { AllowBareInfoKeys = true };

    /// <summary>Memories that go to the list of texts.</summary>
    public static CubeFilter Texts { get; } = Parse("""{"not":{"type":{"in":["preference","tool_trace"]}}}""");

    /// <summary>The same without events.</summary>
    public static CubeFilter TextsWithoutEvents { get; } = Parse("""{"not":{"type":{"in":["preference","tool_trace","event"]}}}""");

    /// <summary>Events.</summary>
    public static CubeFilter Events { get; } = Parse("""{"type":"event"}""");

    /// <summary>Memories that go to the list of preferences.</summary>
    public static CubeFilter Preferences { get; } = Parse("""{"type":"preference"}""");

    /// <summary>Memories that go to the list of tool memories.</summary>
    public static CubeFilter Tools { get; } = Parse("""{"type":"tool_trace"}""");

    /// <summary>The filter for one cube; null for none.</summary>
    /// <param name="filter">As it came.</param>
    /// <param name="cube">The cube.</param>
    /// <param name="named">All cubes of the request.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public static CubeFilter? For(JsonElement? filter, VaultId cube, IReadOnlyList<VaultId> named)
    {
        if (filter is not { ValueKind: not JsonValueKind.Null } json)
        {
            return null;
        }

        if (json.ValueKind is JsonValueKind.Object && json.EnumerateObject().Any(member => IsCube(member, named)))
        {
            return json.EnumerateObject().FirstOrDefault(member => !IsCube(member, named)) is { Value.ValueKind: not JsonValueKind.Undefined } stray
                ? throw Invalid($"'{stray.Name}' stands beside the ids of cubes; give either one filter for each cube or one for all.")
                : json.TryGetProperty(cube.Value, out JsonElement own) ? Parse(own, cube) : null;
        }

        return Parse(json, cube);
    }

    /// <summary>What a memory type of this wire means; null for all. An empty list of alternatives holds nowhere.</summary>
    /// <exception cref="BodyFaultException">There is no such type.</exception>
    public static CubeFilter? OfMemoryType(string? type) => type is null or "All" ? null : Parse(MemoryType(type)?.ToJsonString()
        ?? throw new BodyFaultException("search_memory_type", $"'{type}' is no memory type."));

    /// <summary>Memories that a user added.</summary>
    public static CubeFilter OfUser(string user, VaultId cube) => Parse(User(user, cube).ToJsonString());

    /// <summary>Memories of a session.</summary>
    public static CubeFilter OfSession(string session) => new FieldCondition(CubeField.Conversation, FilterOperator.Equal, FilterValue.Of(session));

    /// <summary>Memories of a file.</summary>
    public static CubeFilter OfFile(string file) => CubeFilter.Or(
        new FieldCondition(CubeField.Info, FilterOperator.Equal, FilterValue.Of(file), ProductInfo.File),
        CubeFilter.And(
            new FieldCondition(CubeField.Type, FilterOperator.Equal, FilterValue.Of("document")),
            new FieldCondition(CubeField.Conversation, FilterOperator.Equal, FilterValue.Of(file))));

    private static bool IsCube(JsonProperty member, IReadOnlyList<VaultId> named) =>
        member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null && named.Any(id => id.Value == member.Name);

    /// <summary>A filter for one cube.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public static CubeFilter Parse(JsonElement json, VaultId cube)
    {
        using JsonDocument document = JsonDocument.Parse(Rewrite(json, cube)?.ToJsonString() ?? "null");
        return CubeFilterParser.Parse(document.RootElement, Options);
    }

    private static CubeFilter Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CubeFilterParser.Parse(document.RootElement, Options);
    }

    // Fields that only this wire has become what they mean; everything else is left for the parser to judge.
    private static JsonNode? Rewrite(JsonElement json, VaultId cube)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            return Copy(json);
        }

        JsonArray parts = [];
        foreach (JsonProperty member in json.EnumerateObject())
        {
            parts.Add(member.Name switch
            {
                "and" or "or" when member.Value.ValueKind is JsonValueKind.Array =>
                    new JsonObject { [member.Name] = new JsonArray([.. member.Value.EnumerateArray().Select(part => Rewrite(part, cube))]) },
                "not" => new JsonObject { ["not"] = Rewrite(member.Value, cube) },
                "memory_type" => Each(member, MemoryType),
                "status" => Each(member, Status),
                ProductInfo.User => Each(member, user => User(user, cube)),
                "kind" or "priority" or "sensitivity" => new JsonObject { [$"info.{member.Name}"] = Copy(member.Value) }, // here only a client's own words
                _ => new JsonObject { [member.Name] = Copy(member.Value) },
            });
        }

        if (parts.Count != 1)
        {
            return new JsonObject { ["and"] = parts };
        }

        JsonNode? only = parts[0];
        parts.Clear(); // a node has one parent
        return only;
    }

    private static JsonNode? Copy(JsonElement json) => JsonNode.Parse(json.GetRawText());

    // A value, a list of values, or {"in": [...]} of a field whose values are translated one by one.
    private static JsonObject Each(JsonProperty member, Func<string, JsonObject?> translate)
    {
        JsonElement value = member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().Count() == 1 ? member.Value.EnumerateObject().First() switch
        {
            { Name: "eq" or "in" } test => test.Value,
            _ => throw Invalid($"'{member.Name}' can be compared with eq and in only."),
        }
        : member.Value;
        JsonElement[] values = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return values.Length == 0 || values.Any(one => one.ValueKind is not JsonValueKind.String)
            ? throw Invalid($"'{member.Name}' needs a text, or a list of texts.")
            : new JsonObject { ["or"] = new JsonArray([.. values.Select(one => translate(one.GetString() ?? "") ?? throw Invalid($"'{one.GetString()}' is no value of '{member.Name}'."))]) };
    }

    private static JsonObject? MemoryType(string name) => Object(name switch
    {
        "UserMemory" => """{"and":[{"not":{"type":{"in":["preference","tool_trace","document"]}}},{"not":{"role":{"in":["assistant","system","tool","document"]}}}]}""",
        "LongTermMemory" => """{"and":[{"not":{"type":{"in":["preference","tool_trace"]}}},{"or":[{"type":"document"},{"role":{"in":["assistant","system","tool","document"]}}]}]}""",
        "AllSummaryMemory" => """{"not":{"type":{"in":["preference","tool_trace"]}}}""",
        "PreferenceMemory" => """{"type":"preference"}""",
        "ToolTrajectoryMemory" => """{"type":"tool_trace"}""",
        "RawFileMemory" => """{"type":"document"}""",
        "WorkingMemory" or "OuterMemory" or "ToolSchemaMemory" or "SkillMemory" => """{"type":"none"}""", // this server makes none of these
        _ => null,
    });

    private static JsonObject? Status(string name) => Object(name switch
    {
        "activated" => """{"state":{"in":["generated","activated","merged","frozen"]}}""",
        "archived" => """{"state":"archived"}""",
        "deleted" => """{"state":"expired"}""",
        "resolving" => """{"type":"none"}""",
        _ => null,
    });

    // Who added a memory is written down only where it is not the user whose cube it is.
    private static JsonObject User(string user, VaultId cube)
    {
        JsonObject named = new() { [$"info.{ProductInfo.User}"] = user };
        return user == cube.Value ? new JsonObject { ["or"] = new JsonArray(named, new JsonObject { [$"info.{ProductInfo.User}"] = null }) } : named;
    }

    private static JsonObject? Object(string? json) => json is null ? null : JsonNode.Parse(json)?.AsObject();

    private static MemOSException Invalid(string reason) => new(ErrorCodes.InvalidFilter, $"The filter is not valid: {reason}");
}
