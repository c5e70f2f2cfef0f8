using System.Text.Json;

namespace MemOS.Vaults.Sqlite;

/// <summary>Writes <see cref="StoredHeader"/> as JSON by hand: the serializer takes about as long as SQLite does for the whole row.</summary>
internal static class HeaderWriter
{
    public static void Write(Utf8JsonWriter json, StoredHeader header)
    {
        json.WriteStartObject();
        Number(json, "c"u8, header.Created);
        Number(json, "o"u8, header.Origin);
        Text(json, "y"u8, header.Type);
        Number(json, "s"u8, header.Said);
        Number(json, "z"u8, header.SaidOffset);
        Text(json, "p"u8, header.Speaker);
        Text(json, "r"u8, header.Role);
        Text(json, "x"u8, header.Context);
        Text(json, "m"u8, header.Model);
        Texts(json, "e"u8, header.Entities);
        Texts(json, "g"u8, header.Tags);
        Info(json, header.Info);
        Number(json, "a"u8, header.Access);
        Texts(json, "ar"u8, header.Readers);
        Texts(json, "aw"u8, header.Writers);
        Number(json, "ex"u8, header.Expires);
        Number(json, "hl"u8, header.HalfLife);
        Number(json, "pr"u8, header.Priority);
        Number(json, "se"u8, header.Sensitivity);
        Text(json, "w"u8, header.Watermark);
        Restricted(json, header.Restricted);
        Text(json, "f"u8, header.Fingerprint);
        Sources(json, header.Sources);
        Lineage(json, header.Lineage);
        Number(json, "pl"u8, header.PayloadLength);
        Text(json, "pf"u8, header.PayloadFormat);
        json.WriteEndObject();
    }

    private static void Sources(Utf8JsonWriter json, StoredSource[]? sources)
    {
        if (sources is null)
        {
            return;
        }

        json.WriteStartArray("u"u8);
        foreach (StoredSource source in sources)
        {
            json.WriteStartObject();
            json.WriteString("i"u8, source.Id);
            Number(json, "n"u8, source.Number);
            Number(json, "s"u8, source.Start);
            Number(json, "l"u8, source.Length);
            Number(json, "d"u8, source.Differs);
            Text(json, "c"u8, source.Conversation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Lineage(Utf8JsonWriter json, StoredDerivation[]? lineage)
    {
        if (lineage is null)
        {
            return;
        }

        json.WriteStartArray("l"u8);
        foreach (StoredDerivation edge in lineage)
        {
            json.WriteStartObject();
            Number(json, "k"u8, edge.Kind);
            json.WriteString("c"u8, edge.Cube);
            Number(json, "v"u8, edge.Version);
            Text(json, "n"u8, edge.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Info(Utf8JsonWriter json, Dictionary<string, string>? info)
    {
        if (info is null)
        {
            return;
        }

        json.WriteStartObject("i"u8);
        foreach ((string key, string value) in info)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void Restricted(Utf8JsonWriter json, Dictionary<string, string[]>? fields)
    {
        if (fields is null)
        {
            return;
        }

        json.WriteStartObject("rf"u8);
        foreach ((string field, string[] names) in fields)
        {
            json.WriteStartArray(field);
            foreach (string name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    // Zero and absent differ here.
    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[]? values)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
