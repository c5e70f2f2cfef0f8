using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Writes cubes as JSON: snake_case names, times in ISO 8601 with offset, absent fields left out. The form of exports; names never change.</summary>
public static class CubeJson
{
    /// <summary>Writes a version of a cube as an object.</summary>
    public static void Write(Utf8JsonWriter json, MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        WriteFields(json, cube);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of a version into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(cube);
        json.WriteString("id", cube.Id.Value);
        json.WriteNumber("version", cube.Version);
        json.WriteString("branch", cube.Branch.Value);
        json.WriteNumber("sequence", cube.Sequence);
        json.WriteString("state", Name(cube.State));
        WritePayload(json, cube.Payload);
        WriteDescriptive(json, cube.Descriptive);
        WriteInterval(json, "valid", cube.Valid.From, cube.Valid.To);
        WriteInterval(json, "tx", cube.TxFrom, cube.TxTo);
        WriteGovernance(json, cube.Governance);
        if (cube.Fingerprint is { } fingerprint)
        {
            json.WriteString("fingerprint", fingerprint.ToString());
        }

        WriteSources(json, cube.Sources);
        WriteLineage(json, cube.Lineage);
    }

    /// <summary>Writes the uses of a cube into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, UsageDelta usage)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteString("cube", usage.Cube.Value);
        json.WriteNumber("uses", usage.Uses);
        json.WriteString("last_used", usage.LastUsed);
        json.WriteNumber("heat", usage.Heat ?? usage.Uses);
    }

    /// <summary>A value of an enumeration as it is written: snake_case.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    internal static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    internal static void Optional(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.WriteString(name, time);
        }
    }

    internal static void Optional(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
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

    internal static void Optional(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string>? values)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, string value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, CubePayload payload)
    {
        json.WriteString("payload", Name(payload.Kind));
        Optional(json, "text", payload.Text);
        if (payload is StoredPayload stored)
        {
            json.WriteString("payload_hash", stored.Hash.Value);
            json.WriteNumber("payload_bytes", stored.Length);
            json.WriteString("payload_format", stored.Format);
        }
    }

    private static void WriteDescriptive(Utf8JsonWriter json, DescriptiveHeader header)
    {
        json.WriteString("type", header.Type.Value);
        json.WriteString("origin", Name(header.Origin));
        json.WriteString("created_at", header.CreatedAt);
        Optional(json, "said_at", header.SaidAt);
        Optional(json, "speaker", header.Speaker);
        Optional(json, "role", header.Role);
        Optional(json, "context", header.Context);
        Optional(json, "fact_key", header.FactKey);
        Optional(json, "model", header.Model);
        Optional(json, "entities", header.Entities);
        Optional(json, "tags", header.Tags);
        Optional(json, "info", header.Info);
    }

    private static void WriteGovernance(Utf8JsonWriter json, GovernanceHeader governance)
    {
        json.WriteStartObject("governance");
        json.WriteString("layer", Name(governance.Access.Layer));
        Optional(json, "readers", governance.Access.Readers);
        Optional(json, "writers", governance.Access.Writers);
        Optional(json, "expires_at", governance.Lifespan.ExpiresAt);
        Optional(json, "half_life", governance.Lifespan.HalfLife?.ToString("c", CultureInfo.InvariantCulture));
        json.WriteNumber("priority", governance.Priority);
        json.WriteString("sensitivity", Name(governance.Sensitivity));
        Optional(json, "watermark", governance.Watermark);
        if (governance.Restricted is { } restricted)
        {
            json.WriteStartObject("restricted");
            foreach ((string field, ImmutableSortedSet<string> allowed) in restricted)
            {
                json.WriteStartArray(field);
                foreach (string caller in allowed)
                {
                    json.WriteStringValue(caller);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is not null || to is not null)
        {
            json.WriteStartObject(name);
            Optional(json, "from", from);
            Optional(json, "to", to);
            json.WriteEndObject();
        }
    }

    private static void WriteSources(Utf8JsonWriter json, ImmutableArray<MessageSource> sources)
    {
        json.WriteStartArray("sources");
        foreach (MessageSource source in sources)
        {
            json.WriteStartObject();
            json.WriteString("message_id", source.MessageId);
            Optional(json, "conversation", source.Conversation);
            json.WriteNumber("number", source.Number);
            json.WriteNumber("start", source.Start);
            json.WriteNumber("length", source.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLineage(Utf8JsonWriter json, ImmutableArray<Derivation> lineage)
    {
        json.WriteStartArray("lineage");
        foreach (Derivation derivation in lineage)
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(derivation.Kind));
            json.WriteString("cube", derivation.Cube.Value);
            json.WriteNumber("version", derivation.Version);
            Optional(json, "note", derivation.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
