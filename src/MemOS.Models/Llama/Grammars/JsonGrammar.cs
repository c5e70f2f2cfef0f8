using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MemOS.Models.Llama.Grammars;

/// <summary>Writes JSON Schemas as grammars in llama.cpp's notation, so that an answer cannot but be valid.</summary>
/// <remarks>
/// Read: type (also several), properties, required, additionalProperties, items, minItems, maxItems, enum, const, anyOf, oneOf, minLength, maxLength, format (date-time, date, uuid, uri), $defs and $ref to them. Properties
/// come in the order of the schema. Keywords that only describe are passed over; one that would constrain and is not read is refused, never ignored.
/// </remarks>
internal sealed class JsonGrammar
{
    private const string AnyJson = """
        value ::= object | array | string | number | boolean | null
        object ::= "{" space ( string ":" space value ( "," space string ":" space value )* )? "}" space
        array ::= "[" space ( value ( "," space value )* )? "]" space

        """;

    private const string Scalars = """
        string ::= "\"" char* "\"" space
        char ::= [^"\\\x7F\x00-\x1F] | "\\" ( ["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] )
        number ::= integral ( "." [0-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? )? ( [eE] [-+]? [0-9] [0-9]? )? space
        integer ::= integral space
        integral ::= "-"? ( "0" | [1-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? )
        boolean ::= ( "true" | "false" ) space
        null ::= "null" space
        space ::= " "?

        """;

    private static readonly HashSet<string> Descriptive = ["$schema", "$id", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"];
    private static readonly string[] OfTypes = ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minLength", "maxLength", "format"];

    private readonly StringBuilder rules = new();
    private readonly Dictionary<string, string> references = [];
    private readonly JsonElement schema;
    private bool usesFormats;
    private int count;

    private JsonGrammar(JsonElement schema) => this.schema = schema;

    /// <summary>The grammar of a schema; of any JSON object where there is none.</summary>
    /// <exception cref="ModelException">The schema uses what is not read.</exception>
    public static string Of(JsonElement? schema)
    {
        if (schema is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return "root ::= object\n" + AnyJson + Scalars;
        }

        JsonGrammar grammar = new(given);
        try
        {
            string root = grammar.Rule(given);
            return $"root ::= {root}\n{grammar.rules}{AnyJson}{Scalars}{(grammar.usesFormats ? JsonFormats.Rules : "")}";
        }
        catch (InvalidOperationException)
        {
            throw Refused("a keyword with a value of another kind than it has"); // as an enum that is no list
        }
    }

    private string Rule(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.True || (node.ValueKind == JsonValueKind.Object && !node.EnumerateObject().Any(keyword => !Descriptive.Contains(keyword.Name))))
        {
            return "value";
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            throw Refused("a schema that is neither an object nor true");
        }

        return node.TryGetProperty("$ref", out JsonElement reference) ? Reference(node, reference.GetString() ?? "")
            : node.TryGetProperty("const", out JsonElement constant) ? Literal(node, [constant], "const")
            : node.TryGetProperty("enum", out JsonElement values) ? Literal(node, [.. values.EnumerateArray()], "enum")
            : node.TryGetProperty("anyOf", out JsonElement any) ? OneOf(node, any, "anyOf")
            : node.TryGetProperty("oneOf", out JsonElement one) ? OneOf(node, one, "oneOf")
            : Typed(node);
    }

    private string Typed(JsonElement node)
    {
        if (!node.TryGetProperty("type", out JsonElement type))
        {
            throw Refused(node.EnumerateObject().Select(keyword => keyword.Name).FirstOrDefault(name => !Descriptive.Contains(name) && !OfTypes.Contains(name)) ?? "a schema without type, enum, const, anyOf, oneOf or $ref");
        }

        string[] types = Types(type);
        if (node.TryGetProperty("format", out _) && !types.Contains("string"))
        {
            throw Refused("a format of what is no string");
        }

        return types.Length == 0 ? throw Refused("a type out of none") : types.Length == 1 ? OfType(node, types[0]) : Add(string.Join(" | ", types.Select(name => OfType(node, name))));
    }

    private static string[] Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString() ?? "")] : [type.GetString() ?? ""];

    private string OfType(JsonElement node, string type)
    {
        switch (type)
        {
            case "object":
                return Object(node);
            case "array":
                return Array(node);
            case "string":
                return String(node);
            case "number" or "integer" or "boolean" or "null":
                Allow(node, OfTypes);
                return type;
            default:
                throw Refused($"type {type}");
        }
    }

    private string Object(JsonElement node)
    {
        Allow(node, OfTypes);
        HashSet<string> required = node.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")] : [];
        bool named = node.TryGetProperty("properties", out JsonElement properties) && properties.EnumerateObject().Any();
        if (required.FirstOrDefault(name => !named || !properties.TryGetProperty(name, out _)) is { } missing)
        {
            throw Refused($"required {missing}, which is none of the properties");
        }

        if (!named)
        {
            // What is named is all that comes; only where nothing is does it matter what else may.
            string other = !node.TryGetProperty("additionalProperties", out JsonElement rest) ? "value" : rest.ValueKind == JsonValueKind.False ? "" : Rule(rest);
            string pair = $"string \":\" space {other}";
            return other.Length == 0 ? Add("\"{\" space \"}\" space") : Add($"\"{{\" space ( {pair} ( \",\" space {pair} )* )? \"}}\" space");
        }

        (string Pair, bool IsRequired)[] pairs = [.. properties.EnumerateObject().Select(property => (Add($"{Quote(JsonSerializer.Serialize(property.Name, GrammarJson.Plain.String))} space \":\" space {Rule(property.Value)}"), required.Contains(property.Name)))];
        return Add($"\"{{\" space {Members(pairs)} \"}}\" space");
    }

    // A comma stands only between members that are there: each rule says what may follow once something came, or nothing yet.
    private string Members((string Pair, bool IsRequired)[] pairs)
    {
        string after = "", first = "";
        for (int i = pairs.Length - 1; i >= 0; i--)
        {
            (string pair, bool isRequired) = pairs[i];
            string next = Add($"{pair} {after}");
            first = isRequired || first.Length == 0 ? (isRequired ? next : Add($"{next} | \"\"")) : Add($"{next} | {first}");
            after = Add(isRequired ? $"\",\" space {next}" : $"\",\" space {next} | {(after.Length == 0 ? "\"\"" : after)}");
        }

        return first;
    }

    private string Array(JsonElement node)
    {
        Allow(node, OfTypes);
        string item = node.TryGetProperty("items", out JsonElement items) ? Rule(items) : "value";
        int fewest = Number(node, "minItems") ?? 0;
        int? most = Number(node, "maxItems");
        if (most < fewest)
        {
            throw Refused("maxItems below minItems");
        }

        string more = $"( \",\" space {item} ){{{Math.Max(0, fewest - 1)},{(most is { } limit ? Math.Max(0, limit - 1).ToString(CultureInfo.InvariantCulture) : "")}}}";
        string filled = most == 0 ? "" : fewest == 0 ? $"( {item} {more} )?" : $"{item} {more}";
        return Add($"\"[\" space {filled} \"]\" space");
    }

    private string String(JsonElement node)
    {
        Allow(node, OfTypes);
        int? fewest = Number(node, "minLength"), most = Number(node, "maxLength");
        if (node.TryGetProperty("format", out JsonElement format))
        {
            usesFormats = true;
            string name = format.GetString() ?? "";
            return fewest is not null || most is not null ? throw Refused("a length beside a format") : JsonFormats.Names.Contains(name) ? name : throw Refused($"format {name}");
        }

        return fewest is null && most is null ? "string" : Add($"\"\\\"\" char{{{fewest ?? 0},{most?.ToString(CultureInfo.InvariantCulture)}}} \"\\\"\" space");
    }

    private string Literal(JsonElement node, JsonElement[] values, string keyword)
    {
        Allow(node, keyword, "type");
        string[] fitting = [.. values.Where(value => !node.TryGetProperty("type", out JsonElement type) || Types(type).Any(name => IsOf(value, name))).Select(value => Quote(JsonSerializer.Serialize(value, GrammarJson.Plain.JsonElement)))];
        return fitting.Length > 0 ? Add($"( {string.Join(" | ", fitting)} ) space") : throw Refused($"{keyword} of nothing that its type allows");
    }

    private static bool IsOf(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value.TryGetDouble(out double number) && double.IsInteger(number)),
        JsonValueKind.Null => type == "null",
        _ => type == "boolean",
    };

    private string OneOf(JsonElement node, JsonElement choices, string keyword)
    {
        Allow(node, keyword);
        return choices.GetArrayLength() > 0 ? Add(string.Join(" | ", choices.EnumerateArray().Select(Rule))) : throw Refused($"{keyword} of nothing");
    }

    private string Reference(JsonElement node, string reference)
    {
        Allow(node, "$ref");
        if (references.TryGetValue(reference, out string? known))
        {
            return known;
        }

        JsonElement target = schema;
        foreach (string part in reference.StartsWith('#') ? reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries) : ["?"])
        {
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(part, out target))
            {
                throw Refused($"$ref {reference}, which this schema does not hold");
            }
        }

        // Named before it is written, so that a schema may refer to itself.
        string name = references[reference] = NextName();
        string body = Rule(target); // before the line begins: it writes lines of its own
        rules.Append(CultureInfo.InvariantCulture, $"{name} ::= {body}\n");
        return name;
    }

    private static void Allow(JsonElement node, params ReadOnlySpan<string> keywords)
    {
        foreach (JsonProperty keyword in node.EnumerateObject())
        {
            if (!Descriptive.Contains(keyword.Name) && !keywords.Contains(keyword.Name))
            {
                throw Refused(keyword.Name);
            }
        }
    }

    private static int? Number(JsonElement node, string keyword) => node.TryGetProperty(keyword, out JsonElement value) ? value.TryGetInt32(out int number) && number is >= 0 and <= 2000 ? number : throw Refused($"{keyword} outside 0 to 2000") : null;

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static ModelException Refused(string what) => new(ModelErrorCodes.InvalidGrammar, $"The JSON schema uses {what}, which cannot be enforced.");

    private string Add(string body)
    {
        string name = NextName();
        rules.Append(CultureInfo.InvariantCulture, $"{name} ::= {body}\n");
        return name;
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"r{count++}");
}
