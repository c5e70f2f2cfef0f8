using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace MemOS.Transfer;

/// <summary>Reads the fields of one line of a vault's export. What is not as <see cref="VaultExporter"/> writes it is an error that names place and field.</summary>
/// <param name="item">The line, or an object in it.</param>
/// <param name="where">The place in the file.</param>
internal readonly struct PackageFields(JsonElement item, string where)
{
    private readonly JsonElement _item = item.ValueKind is JsonValueKind.Object ? item : throw TransferErrors.Invalid(where, "a line of an export is a JSON object.");

    /// <summary>The fields of an object in this one, or null.</summary>
    public PackageFields? Object(string name) => JsonFields.Find(_item, name) is { } inner ? new PackageFields(inner, where) : null;

    public bool IsText(string name) => JsonFields.Find(_item, name) is { ValueKind: JsonValueKind.String };

    public string? Text(string name) => JsonFields.Find(_item, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Invalid(name, "must be a string"),
    };

    public string Required(string name) => Text(name) ?? throw Invalid(name, "is missing");

    public long Number(string name, long least = 0, long most = long.MaxValue) =>
        JsonFields.Find(_item, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Invalid(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least}"));

    public double Real(string name) => JsonFields.Find(_item, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : throw Invalid(name, "must be a number");

    public DateTimeOffset? Time(string name) => JsonFields.Find(_item, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.TryGetDateTimeOffset(out DateTimeOffset time) => time,
        _ => throw Invalid(name, "must be a time such as 2026-01-31T10:00:00+01:00"),
    };

    public DateTimeOffset RequiredTime(string name) => Time(name) ?? throw Invalid(name, "is missing");

    public T Name<T>(string name)
        where T : struct, Enum
    {
        string written = Required(name);
        foreach (T value in Enum.GetValues<T>())
        {
            if (CubeJson.Name(value) == written)
            {
                return value;
            }
        }

        throw Invalid(name, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(CubeJson.Name))}");
    }

    public ImmutableArray<string> Strings(string name) => [.. Elements(name).Select(element => JsonFields.Scalar(element) ?? "")];

    public ImmutableArray<T> List<T>(string name, Func<PackageFields, T> read)
    {
        string place = where;
        return [.. Elements(name).Select(element => read(new PackageFields(element, place)))];
    }

    /// <summary>An object with values of one kind, or null where there is none.</summary>
    public ImmutableSortedDictionary<string, T>? Map<T>(string name, Func<PackageFields, string, T> read)
    {
        if (JsonFields.Find(_item, name) is not { ValueKind: JsonValueKind.Object } inner)
        {
            return null;
        }

        PackageFields fields = new(inner, where);
        return inner.EnumerateObject().ToImmutableSortedDictionary(property => property.Name, property => read(fields, property.Name), StringComparer.Ordinal);
    }

    public MemOSException Invalid(string name, string problem, Exception? inner = null) => TransferErrors.Invalid(where, $"\"{name}\" {problem}.", inner);

    private JsonElement.ArrayEnumerator Elements(string name) => JsonFields.Find(_item, name) switch
    {
        null => default,
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => throw Invalid(name, "must be a list"),
    };
}
