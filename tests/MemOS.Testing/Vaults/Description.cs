using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>Everything that a value holds, as text, so that two can be compared and a difference can be read.</summary>
public static class Description
{
    public static string Of(MemCube? cube) => cube is null ? "none" : string.Join(
        "|",
        $"{cube.Id} {cube.Branch} v{cube.Version} #{cube.Sequence} {cube.State} {Time(cube.TxFrom)}..{Time(cube.TxTo)} {Time(cube.Valid.From)}..{Time(cube.Valid.To)}",
        $"{cube.Payload} {cube.Fingerprint}",
        $"{Time(cube.Descriptive.CreatedAt)} {cube.Descriptive.Origin} {cube.Descriptive.Type} {Local(cube.Descriptive.SaidAt)} {cube.Descriptive.Speaker ?? "-"}",
        $"{cube.Descriptive.Role ?? "-"} {cube.Descriptive.Context ?? "-"} {cube.Descriptive.FactKey ?? "-"} {cube.Descriptive.Model ?? "-"}",
        List(cube.Descriptive.Entities),
        List(cube.Descriptive.Tags),
        Info(cube.Descriptive.Info),
        $"{cube.Governance.Access.Layer} {List(cube.Governance.Access.Readers)} {List(cube.Governance.Access.Writers)} {cube.Governance.Priority}",
        $"{Time(cube.Governance.Lifespan.ExpiresAt)} {cube.Governance.Lifespan.HalfLife} {cube.Governance.Sensitivity} {cube.Governance.Watermark ?? "-"}",
        Info(cube.Governance.Restricted?.Select(pair => KeyValuePair.Create(pair.Key, List(pair.Value)))),
        List(cube.Sources.Select(source => source.ToString())),
        List(cube.Lineage.Select(edge => edge.ToString())));

    public static string Of(Message? message) => message is null ? "none" : string.Join(
        "|",
        $"{message.Number} {message.Conversation ?? "-"} {message.Id} {message.Role} {message.Speaker ?? "-"} {Local(message.Time)} {Time(message.ReceivedAt)}",
        message.Text,
        List(message.Attachments.Select(item => item.ToString())),
        List(message.ToolCalls.Select(call => call.ToString())),
        message.ToolCallId ?? "-",
        List(message.Tags),
        Info(message.Info));

    /// <summary>A vector to two digits: engines may store it with fewer bits than it has.</summary>
    public static string Of(CubeVector? vector) => vector is null ? "none"
        : vector.Space + " " + List(vector.Values.ToArray().Select(value => (Math.Round(value, 2) + 0.0).ToString(CultureInfo.InvariantCulture)));

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "-";

    private static string Local(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture) ?? "-";

    private static string List(IEnumerable<string> values) => $"[{string.Join(",", values)}]";

    private static string Info(IEnumerable<KeyValuePair<string, string>>? info) => info is null ? "-" : List(info.Select(pair => $"{pair.Key}={pair.Value}"));
}
