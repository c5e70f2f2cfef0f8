using System.Globalization;
using MemOS.Cubes;

namespace MemOS.Cli.Output;

/// <summary>Cubes for people.</summary>
internal static class CubeText
{
    public static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "";

    public static string Content(MemCube cube) => cube.Payload switch
    {
        StoredPayload stored => string.Create(CultureInfo.InvariantCulture, $"<{stored.Kind}, {stored.Length} bytes, {stored.Format}>"),
        _ => cube.Text ?? "",
    };

    /// <summary>The fields of a cube that say something, with their names.</summary>
    public static IEnumerable<IReadOnlyList<string>> Fields(MemCube cube)
    {
        (string Name, string? Value)[] fields =
        [
            ("id", cube.Id.ToString()),
            ("version", string.Create(CultureInfo.InvariantCulture, $"{cube.Version} on {cube.Branch}, sequence {cube.Sequence}")),
            ("state", cube.State.ToString()),
            ("type", cube.Descriptive.Type.Value),
            ("content", Content(cube)),
            ("speaker", cube.Descriptive.Speaker),
            ("role", cube.Descriptive.Role),
            ("said at", Time(cube.Descriptive.SaidAt)),
            ("conversation", cube.Descriptive.Context),
            ("valid", cube.Valid == TimeInterval.Always ? null : $"{Time(cube.Valid.From)} .. {Time(cube.Valid.To)}"),
            ("recorded", Time(cube.TxFrom)),
            ("replaced", Time(cube.TxTo)),
            ("fact key", cube.Descriptive.FactKey),
            ("tags", string.Join(", ", cube.Descriptive.Tags)),
            ("entities", string.Join(", ", cube.Descriptive.Entities)),
            ("info", cube.Descriptive.Info is { } info ? string.Join(", ", info.Select(entry => $"{entry.Key}={entry.Value}")) : null),
            ("origin", cube.Descriptive.Origin.ToString()),
            ("sources", string.Join("\n", cube.Sources.Select(source => Source(source)))),
            ("lineage", string.Join("\n", cube.Lineage.Select(edge => $"{edge.Kind} {edge.Cube} version {edge.Version}"))),
        ];
        return fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (IReadOnlyList<string>)[field.Name, field.Value ?? ""]);
    }

    public static string Source(MessageSource source) =>
        string.Create(CultureInfo.InvariantCulture, $"{(source.Conversation is { } conversation ? $"{conversation}/" : "")}{source.MessageId} [{source.Start}+{source.Length}]");
}
