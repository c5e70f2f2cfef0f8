using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Reader.Time;

namespace MemOS.Api.Wire;

/// <summary>Reads the values that occur in many requests, and says what is wrong with those that cannot be used.</summary>
internal static class RequestValues
{
    public static MemOSException Invalid(string message) => new(ErrorCodes.InvalidInput, message);

    /// <summary>A list without nulls; empty when missing.</summary>
    public static ImmutableArray<string> Texts(IReadOnlyList<string>? list, string field) => list is null ? []
        : list.Contains(null!) ? throw Invalid($"{field} must not hold null.") // the serializer does not check elements
        : [.. list];

    /// <summary>Free metadata: texts as they are, numbers and truth values as they are written; null when missing.</summary>
    public static ImmutableSortedDictionary<string, string>? Info(IReadOnlyDictionary<string, JsonElement>? info, string field) => info is not { Count: > 0 } ? null
        : info.ToImmutableSortedDictionary(entry => entry.Key, entry => Scalar(entry.Value, $"{field}.{entry.Key}"), StringComparer.Ordinal);

    /// <summary>A time in any precise form; null when missing.</summary>
    public static DateTimeOffset? Time(string? text, DateTimeOffset now, string field) => text is not { Length: > 0 } ? null
        : ChatTimeParser.TryParse(text, now, out DateTimeOffset time) ? time
        : throw Invalid($"{field} is not a time that exists. Write it as 2026-01-31T09:30:00+01:00, or leave it out.");

    /// <summary>A branch; the main line when missing.</summary>
    public static BranchName Branch(string? name)
    {
        try
        {
            return name is null ? BranchName.Main : new BranchName(name);
        }
        catch (ArgumentException)
        {
            throw Invalid("A branch name has 1 to 64 letters, digits, '_', '-' or '.'.");
        }
    }

    /// <summary>A semantic type.</summary>
    public static SemanticType Type(string name)
    {
        try
        {
            return new SemanticType(name);
        }
        catch (ArgumentException)
        {
            throw Invalid("type has 1 to 64 letters, digits, '_', '-' or '.'.");
        }
    }

    /// <summary>A filter; null when missing.</summary>
    public static CubeFilter? Filter(JsonElement? filter) => filter is { ValueKind: not JsonValueKind.Null } json ? CubeFilterParser.Parse(json) : null;

    /// <summary>The size of a page.</summary>
    public static int Limit(int? limit, int missing, int most) => limit switch
    {
        null => missing,
        { } asked when asked >= 1 && asked <= most => asked,
        _ => throw Invalid($"limit must lie between 1 and {most}."),
    };

    private static string Scalar(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Invalid($"{field} must be a text, a number or a truth value."),
    };
}
