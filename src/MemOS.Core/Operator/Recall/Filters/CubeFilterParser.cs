using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Reads filters from JSON.</summary>
/// <remarks>
/// <code>
/// filter    := { "and": [filter...] } | { "or": [filter...] } | { "not": filter } | { field: test, ... }
/// test      := value | [value...] | null | { operator: value, ... }
/// operator  := eq | ne | gt | lt | gte | lte | contains | in | like | exists
/// </code>
/// Several keys in one object hold together (and). A bare list means <c>in</c>, null means that the field is missing. Whatever else stands there is
/// an error that names its path: nothing is ever skipped.
/// </remarks>
public static class CubeFilterParser
{
    /// <summary>Objects nested deeper than this are refused.</summary>
    public const int MaximumDepth = 32;

    /// <summary>A filter with more conditions and values than this is refused.</summary>
    public const int MaximumSize = 10_000;

    /// <summary>Reads a filter.</summary>
    /// <param name="json">An object; or null (undefined), which stands for no filter.</param>
    /// <param name="options">How names are read; null for the defaults.</param>
    /// <returns>The filter; <see cref="CubeFilter.All"/> for no filter or an empty object.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>; the message names the path.</exception>
    public static CubeFilter Parse(JsonElement json, FilterParserOptions? options = null)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return CubeFilter.All;
        }

        int size = 0;
        return ParseNode(json, "$", depth: 1, options ?? FilterParserOptions.Default, ref size);
    }

    private static CubeFilter ParseNode(JsonElement json, string path, int depth, FilterParserOptions options, ref int size)
    {
        Count(path, ref size);
        if (depth > MaximumDepth)
        {
            throw Invalid(path, $"The filter is nested deeper than {MaximumDepth} levels.");
        }

        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw Invalid(path, $"A filter is an object, not {Describe(json)}.");
        }

        var parts = ImmutableArray.CreateBuilder<CubeFilter>();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string inner = $"{path}.{property.Name}";
            switch (property.Name)
            {
                case "and":
                    parts.Add(new AndFilter(ParseList(property.Value, inner, depth, options, ref size)));
                    break;
                case "or":
                    ImmutableArray<CubeFilter> choices = ParseList(property.Value, inner, depth, options, ref size);
                    parts.Add(choices.IsEmpty ? throw Invalid(inner, "'or' needs at least one filter.") : new OrFilter(choices));
                    break;
                case "not":
                    parts.Add(new NotFilter(ParseNode(property.Value, inner, depth + 1, options, ref size)));
                    break;
                default:
                    ParseField(property, inner, options, parts, ref size);
                    break;
            }
        }

        return CubeFilter.And(parts.DrainToImmutable());
    }

    private static ImmutableArray<CubeFilter> ParseList(JsonElement json, string path, int depth, FilterParserOptions options, ref int size)
    {
        if (json.ValueKind is not JsonValueKind.Array)
        {
            throw Invalid(path, $"A list of filters is needed here, not {Describe(json)}.");
        }

        var filters = ImmutableArray.CreateBuilder<CubeFilter>(json.GetArrayLength());
        foreach (JsonElement element in json.EnumerateArray())
        {
            filters.Add(ParseNode(element, $"{path}[{filters.Count}]", depth + 1, options, ref size));
        }

        return filters.DrainToImmutable();
    }

    private static void ParseField(
        JsonProperty property, string path, FilterParserOptions options, ImmutableArray<CubeFilter>.Builder parts, ref int size)
    {
        (CubeField field, string? key) = FieldOf(property.Name, path, options);
        JsonElement test = property.Value;
        switch (test.ValueKind)
        {
            case JsonValueKind.Object:
                int before = parts.Count;
                foreach (JsonProperty comparison in test.EnumerateObject())
                {
                    string inner = $"{path}.{comparison.Name}";
                    parts.Add(Condition(field, key, OperatorOf(comparison.Name, inner), comparison.Value, inner, ref size));
                }

                _ = parts.Count == before ? throw Invalid(path, "The object names no operator.") : 0;
                break;
            case JsonValueKind.Array:
                parts.Add(Condition(field, key, FilterOperator.In, test, path, ref size));
                break;
            case JsonValueKind.Null:
                parts.Add(Condition(field, key, FilterOperator.Exists, FilterValue.Of(false), path));
                break;
            default:
                parts.Add(Condition(field, key, FilterOperator.Equal, test, path, ref size));
                break;
        }
    }

    private static FieldCondition Condition(CubeField field, string? key, FilterOperator op, JsonElement json, string path, ref int size)
    {
        if (op is not FilterOperator.In)
        {
            Count(path, ref size);
            return Condition(field, key, op, ValueOf(field, key, op, json, path), path);
        }

        if (json.ValueKind is not JsonValueKind.Array)
        {
            throw Invalid(path, $"'in' needs a list, not {Describe(json)}.");
        }

        var values = ImmutableArray.CreateBuilder<FilterValue>(json.GetArrayLength());
        foreach (JsonElement element in json.EnumerateArray())
        {
            Count(path, ref size);
            values.Add(ValueOf(field, key, op, element, $"{path}[{values.Count}]"));
        }

        return Condition(field, key, op, values.DrainToImmutable(), path);
    }

    private static FieldCondition Condition(CubeField field, string? key, FilterOperator op, FilterValue value, string path) =>
        Condition(field, key, op, [value], path);

    private static FieldCondition Condition(CubeField field, string? key, FilterOperator op, ImmutableArray<FilterValue> values, string path) =>
        FieldRules.WhyInvalid(field, op, values.AsSpan(), key) is { } reason ? throw Invalid(path, reason) : new FieldCondition(field, op, values, key);

    private static FilterValue ValueOf(CubeField field, string? key, FilterOperator op, JsonElement json, string path)
    {
        string text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString() ?? "",
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw Invalid(path, $"A text, number or truth value is needed here, not {Describe(json)}."),
        };
        if (op is FilterOperator.Exists)
        {
            return json.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? new FilterValue(text)
                : throw Invalid(path, "The operator 'exists' takes true or false.");
        }

        double? number = json.ValueKind is JsonValueKind.Number && json.TryGetDouble(out double parsed) ? parsed : null;
        if (field is CubeField.Sensitivity && number is null && Enum.TryParse(text, ignoreCase: true, out Sensitivity level) && Enum.IsDefined(level))
        {
            number = (int)level;
        }

        bool timely = FieldRules.IsTime(field) || (field is CubeField.Info && InfoValue.IsTimeKey(key));
        if (!timely)
        {
            return new FilterValue(text, number);
        }

        bool isTime = number is { } milliseconds ? FilterTime.TryParse(milliseconds, out TimeInterval time) : FilterTime.TryParse(text, out time);
        return new FilterValue(text, field is CubeField.Info && isTime ? null : number, isTime ? time : null);
    }

    private static (CubeField Field, string? Key) FieldOf(string name, string path, FilterParserOptions options)
    {
        CubeField? field = name switch
        {
            "id" => CubeField.Id,
            "type" => CubeField.Type,
            "speaker" => CubeField.Speaker,
            "role" => CubeField.Role,
            "tags" => CubeField.Tags,
            "entities" => CubeField.Entities,
            "conversation" or "session_id" or "conversation_id" => CubeField.Conversation,
            "state" or "status" => CubeField.State,
            "created_at" or "create_time" => CubeField.CreatedAt,
            "updated_at" or "update_time" => CubeField.UpdatedAt,
            "said_at" or "chat_time" => CubeField.SaidAt,
            "valid_from" => CubeField.ValidFrom,
            "valid_to" => CubeField.ValidTo,
            "valid_at" => CubeField.ValidAt,
            "priority" => CubeField.Priority,
            "sensitivity" => CubeField.Sensitivity,
            "kind" => CubeField.Kind,
            "fact_key" => CubeField.FactKey,
            _ => null,
        };
        if (field is { } known)
        {
            return (known, null);
        }

        if (name.StartsWith("info.", StringComparison.Ordinal) && name.Length > "info.".Length)
        {
            return (CubeField.Info, name["info.".Length..]);
        }

        return options.AllowBareInfoKeys && name.Length > 0 && name != "info."
            ? (CubeField.Info, name)
            : throw Invalid(path, "No such field. Fields of the free metadata are written 'info.KEY'.");
    }

    private static FilterOperator OperatorOf(string name, string path) => name switch
    {
        "eq" => FilterOperator.Equal,
        "ne" => FilterOperator.NotEqual,
        "gt" => FilterOperator.Greater,
        "lt" => FilterOperator.Less,
        "gte" => FilterOperator.GreaterOrEqual,
        "lte" => FilterOperator.LessOrEqual,
        "contains" => FilterOperator.Contains,
        "in" => FilterOperator.In,
        "like" => FilterOperator.Like,
        "exists" => FilterOperator.Exists,
        _ => throw Invalid(path, "No such operator; these are: eq, ne, gt, lt, gte, lte, contains, in, like, exists."),
    };

    private static void Count(string path, ref int size)
    {
        if (++size > MaximumSize)
        {
            throw Invalid(path, $"The filter has more than {MaximumSize} conditions and values.");
        }
    }

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    private static MemOSException Invalid(string path, string reason) =>
        new(ErrorCodes.InvalidFilter, string.Create(CultureInfo.InvariantCulture, $"The filter is not valid at {path}: {reason}"));
}
