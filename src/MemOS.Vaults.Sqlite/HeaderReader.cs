using System.Text.Json;

namespace MemOS.Vaults.Sqlite;

/// <summary>Reads what <see cref="HeaderWriter"/> writes; names that it does not know are skipped. Loading a vault is one such read for each cube.</summary>
internal static class HeaderReader
{
    /// <exception cref="JsonException">The bytes are no header.</exception>
    public static StoredHeader Read(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        var header = new StoredHeader();
        try
        {
            Begin(ref json, JsonTokenType.StartObject);
            while (NextName(ref json))
            {
                ReadField(ref json, header);
            }

            return header;
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new JsonException("A value of the header has the wrong type.", error);
        }
    }

    private static void ReadField(ref Utf8JsonReader json, StoredHeader header)
    {
        ReadOnlySpan<byte> name = json.ValueSpan;
        int key = name.Length == 1 ? name[0] : name.Length == 2 ? (name[0] << 8) | name[1] : 0;
        json.Read();
        switch (key)
        {
            case 'c': header.Created = json.GetInt64(); break;
            case 'o': header.Origin = json.GetInt32(); break;
            case 'y': header.Type = json.GetString(); break;
            case 's': header.Said = json.GetInt64(); break;
            case 'z': header.SaidOffset = json.GetInt32(); break;
            case 'p': header.Speaker = json.GetString(); break;
            case 'r': header.Role = json.GetString(); break;
            case 'x': header.Context = json.GetString(); break;
            case 'm': header.Model = json.GetString(); break;
            case 'e': header.Entities = Texts(ref json); break;
            case 'g': header.Tags = Texts(ref json); break;
            case 'i': header.Info = Info(ref json); break;
            case 'a': header.Access = json.GetInt32(); break;
            case ('a' << 8) | 'r': header.Readers = Texts(ref json); break;
            case ('a' << 8) | 'w': header.Writers = Texts(ref json); break;
            case ('e' << 8) | 'x': header.Expires = json.GetInt64(); break;
            case ('h' << 8) | 'l': header.HalfLife = json.GetInt64(); break;
            case ('p' << 8) | 'r': header.Priority = json.GetInt32(); break;
            case ('s' << 8) | 'e': header.Sensitivity = json.GetInt32(); break;
            case 'w': header.Watermark = json.GetString(); break;
            case ('r' << 8) | 'f': header.Restricted = Restricted(ref json); break;
            case 'f': header.Fingerprint = json.GetString(); break;
            case 'u': header.Sources = Sources(ref json); break;
            case 'l': header.Lineage = Lineage(ref json); break;
            case ('p' << 8) | 'l': header.PayloadLength = json.GetInt64(); break;
            case ('p' << 8) | 'f': header.PayloadFormat = json.GetString(); break;
            default: json.Skip(); break;
        }
    }

    private static StoredSource[] Sources(ref Utf8JsonReader json)
    {
        var sources = new List<StoredSource>(1);
        Require(json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var source = new StoredSource();
            while (NextName(ref json))
            {
                byte name = json.ValueSpan[0];
                json.Read();
                switch (name)
                {
                    case (byte)'i': source.Id = json.GetString() ?? ""; break;
                    case (byte)'n': source.Number = json.GetInt64(); break;
                    case (byte)'s': source.Start = json.GetInt32(); break;
                    case (byte)'l': source.Length = json.GetInt32(); break;
                    case (byte)'d': source.Differs = json.GetInt32(); break;
                    case (byte)'c': source.Conversation = json.GetString(); break;
                    default: json.Skip(); break;
                }
            }

            sources.Add(source);
        }

        return [.. sources];
    }

    private static StoredDerivation[] Lineage(ref Utf8JsonReader json)
    {
        var lineage = new List<StoredDerivation>(2);
        Require(json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var edge = new StoredDerivation();
            while (NextName(ref json))
            {
                byte name = json.ValueSpan[0];
                json.Read();
                switch (name)
                {
                    case (byte)'k': edge.Kind = json.GetInt32(); break;
                    case (byte)'c': edge.Cube = json.GetGuid(); break;
                    case (byte)'v': edge.Version = json.GetInt32(); break;
                    case (byte)'n': edge.Note = json.GetString(); break;
                    default: json.Skip(); break;
                }
            }

            lineage.Add(edge);
        }

        return [.. lineage];
    }

    private static Dictionary<string, string> Info(ref Utf8JsonReader json)
    {
        var info = new Dictionary<string, string>();
        Require(json, JsonTokenType.StartObject);
        while (NextName(ref json))
        {
            string key = json.GetString() ?? "";
            json.Read();
            info[key] = json.GetString() ?? "";
        }

        return info;
    }

    private static Dictionary<string, string[]> Restricted(ref Utf8JsonReader json)
    {
        var fields = new Dictionary<string, string[]>();
        Require(json, JsonTokenType.StartObject);
        while (NextName(ref json))
        {
            string field = json.GetString() ?? "";
            json.Read();
            fields[field] = Texts(ref json);
        }

        return fields;
    }

    private static string[] Texts(ref Utf8JsonReader json)
    {
        var texts = new List<string>(4);
        Require(json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            texts.Add(json.GetString() ?? "");
        }

        return [.. texts];
    }

    private static bool NextName(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static void Begin(ref Utf8JsonReader json, JsonTokenType token)
    {
        json.Read();
        Require(json, token);
    }

    private static void Require(in Utf8JsonReader json, JsonTokenType token)
    {
        if (json.TokenType != token)
        {
            throw new JsonException($"A header holds {json.TokenType} where {token} belongs.");
        }
    }
}
