using System.Text.Json;
using System.Text.Json.Serialization;
using MemOS.Cubes;

namespace MemOS.Operator;

/// <summary>The payload of a composite cube: its members in order, as JSON.</summary>
internal static class CompositeMembers
{
    public const string Format = "application/vnd.memos.members+json";

    public static byte[] Write(IReadOnlyList<CubeId> members) =>
        JsonSerializer.SerializeToUtf8Bytes([.. members.Select(member => member.ToString())], CompositeJsonContext.Default.StringArray);

    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/>.</exception>
    public static CubeId[] Read(Stream payload, CubeId composite)
    {
        try
        {
            string[] texts = JsonSerializer.Deserialize(payload, CompositeJsonContext.Default.StringArray) ?? [];
            return [.. texts.Select(text => CubeId.TryParse(text, out CubeId id) ? id : throw new JsonException($"'{text}' is no cube id."))];
        }
        catch (JsonException e)
        {
            throw new MemOSException(ErrorCodes.Corrupted, $"The member list of composite cube {composite} cannot be read.", e);
        }
    }
}

/// <summary>JSON of <see cref="CompositeMembers"/>.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class CompositeJsonContext : JsonSerializerContext;
