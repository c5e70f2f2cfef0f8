using System.Globalization;
using System.Text.Json;

namespace MemOS.Server.Compat.Wire;

/// <summary>
/// A body of this wire under its rules: unknown keys are tolerated, null and the empty text mean absent, one text may stand for a list, a number may come as a text.
/// </summary>
/// <param name="root">The object.</param>
internal sealed class WireBody(JsonElement root)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads the body of a request; the framework calls this.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="BodyFaultException">It is no object.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or said to be something else.</exception>
    public static async ValueTask<WireBody> BindAsync(HttpContext context)
    {
        JsonElement root = await ReadAsync(context);
        return root.ValueKind is JsonValueKind.Object ? new WireBody(root) : throw new BodyFaultException("", "The body must be an object.");
    }

    /// <summary>Reads a body of any kind.</summary>
    /// <inheritdoc cref="BindAsync"/>
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
        return document.RootElement.Clone();
    }

    /// <summary>Whether a key is there, with null or anything else.</summary>
    public bool Has(string key) => root.TryGetProperty(key, out _);

    /// <summary>A value as it came; null when absent.</summary>
    public JsonElement? Json(string key) => root.Member(key);

    /// <summary>A text, or a number as text; null when absent.</summary>
    public string? Text(string key) => root.Member(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString() is { Length: > 0 } text ? text : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => throw Fault(key, "a text"),
    };

    /// <summary>A text that must be there.</summary>
    /// <exception cref="BodyFaultException">It is not.</exception>
    public string Required(string key) => Text(key) ?? throw BodyFaultException.Missing(key);

    /// <summary>One of some words; the given one when absent.</summary>
    public string OneOf(string key, string missing, params ReadOnlySpan<string> words)
    {
        string word = Text(key) ?? missing;
        return words.Contains(word) ? word : throw new BodyFaultException(key, $"{key} must be one of {string.Join(", ", words.ToArray())}.");
    }

    /// <summary>Texts, of which one may stand alone; null when absent or empty.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        switch (root.Member(key))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Array } list:
                string[] texts = [.. list.EnumerateArray()
                    .Select((item, i) => item.ValueKind switch
                    {
                        JsonValueKind.String => item.GetString() ?? "",
                        JsonValueKind.Number => item.GetRawText(),
                        _ => throw Fault($"{key}.{i}", "a text"),
                    })
                    .Where(text => text.Length > 0)];
                return texts.Length > 0 ? texts : null;
            default:
                return Text(key) is { } one ? [one] : null;
        }
    }

    /// <summary>A truth value; the given one when absent.</summary>
    public bool Flag(string key, bool missing) => root.Member(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Fault(key, "true or false"),
    };

    /// <summary>A truth value, or null when absent.</summary>
    public bool? Flag(string key) => root.Member(key) is null ? null : Flag(key, false);

    /// <summary>A number; null when absent.</summary>
    public double? Number(string key) => root.Member(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        { ValueKind: JsonValueKind.String } value when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => number,
        { ValueKind: JsonValueKind.String } value when value.GetString() is "" => null,
        _ => throw Fault(key, "a number"),
    };

    /// <summary>A whole number within bounds; null when absent.</summary>
    public int? Count(string key, int least, int most) => Number(key) switch
    {
        null => null,
        { } number when number >= least && number <= most && number == Math.Floor(number) => (int)number,
        _ => throw new BodyFaultException(key, string.Create(CultureInfo.InvariantCulture, $"{key} must be a whole number from {least} to {most}.")),
    };

    private static BodyFaultException Fault(string key, string needed) => new(key, $"{key} must be {needed}.");
}
