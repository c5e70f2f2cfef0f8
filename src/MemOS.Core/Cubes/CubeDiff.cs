using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.Cubes;

/// <summary>Compares two versions of a cube.</summary>
public static class CubeDiff
{
    /// <summary>The fields in which two versions differ, payload and headers; not their numbers, transaction times and lineage.</summary>
    public static ImmutableArray<FieldChange> Between(MemCube before, MemCube after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. Fields(before).Zip(Fields(after))
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new FieldChange(pair.First.Name, pair.First.Value, pair.Second.Value))];
    }

    private static IEnumerable<(string Name, string? Value)> Fields(MemCube cube)
    {
        DescriptiveHeader d = cube.Descriptive;
        GovernanceHeader g = cube.Governance;
        StoredPayload? stored = cube.Payload as StoredPayload;
        yield return ("text", cube.Text);
        yield return ("payload.kind", cube.Payload.Kind.ToString());
        yield return ("payload.hash", stored?.Hash.Value);
        yield return ("state", cube.State.ToString());
        yield return ("valid.from", Text(cube.Valid.From));
        yield return ("valid.to", Text(cube.Valid.To));
        yield return ("type", d.Type.Value);
        yield return ("speaker", d.Speaker);
        yield return ("role", d.Role);
        yield return ("origin", d.Origin.ToString());
        yield return ("model", d.Model);
        yield return ("context", d.Context);
        yield return ("fact_key", d.FactKey);
        yield return ("said_at", Text(d.SaidAt));
        yield return ("tags", Text(d.Tags));
        yield return ("entities", Text(d.Entities));
        yield return ("info", d.Info is null ? null : Text(d.Info.Select(entry => $"{entry.Key}={entry.Value}")));
        yield return ("governance.layer", g.Access.Layer.ToString());
        yield return ("governance.readers", Text(g.Access.Readers));
        yield return ("governance.writers", Text(g.Access.Writers));
        yield return ("governance.expires_at", Text(g.Lifespan.ExpiresAt));
        yield return ("governance.half_life", g.Lifespan.HalfLife?.ToString("c", CultureInfo.InvariantCulture));
        yield return ("governance.priority", g.Priority.ToString(CultureInfo.InvariantCulture));
        yield return ("governance.sensitivity", g.Sensitivity.ToString());
        yield return ("governance.restricted", g.Restricted is null ? null : Text(g.Restricted.Select(rule => $"{rule.Key}: {string.Join(' ', rule.Value)}")));
        yield return ("governance.watermark", g.Watermark);
        yield return ("fingerprint", cube.Fingerprint?.ToString());
        yield return ("sources", Text(cube.Sources.Select(source => $"{source.MessageId}[{source.Start}+{source.Length}]")));
    }

    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    private static string? Text(IEnumerable<string> values)
    {
        string joined = string.Join(", ", values);
        return joined.Length == 0 ? null : joined;
    }
}
