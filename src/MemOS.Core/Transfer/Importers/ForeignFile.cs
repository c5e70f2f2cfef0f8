using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Reader.Time;
using MemOS.Vaults;

namespace MemOS.Transfer.Importers;

/// <summary>A file of another memory system while it is read: gives what comes from it its provenance and lasting ids.</summary>
/// <param name="System">The other system's name, as it stands in the provenance: <c>mem0</c>, <c>chatgpt</c>.</param>
/// <param name="Path">The file.</param>
/// <param name="Now">The time of what gives none.</param>
/// <param name="Tags">Tags for everything in it.</param>
internal sealed record ForeignFile(string System, string Path, DateTimeOffset Now, ImmutableArray<string> Tags)
{
    private const int LongestName = MessageRules.MaximumNameLength;

    /// <summary>A memory that the other system had made.</summary>
    /// <param name="id">Its id there.</param>
    /// <param name="text">Its text; nothing is made of an empty one.</param>
    /// <param name="shape">Fills in the rest.</param>
    /// <param name="archived">Whether it had been put away there.</param>
    public IEnumerable<ImportItem> Memory(string id, string? text, Func<NewCube, NewCube>? shape = null, bool archived = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield break;
        }

        NewCube cube = new() { Id = IdOf(id), Payload = new PlaintextPayload(text.Trim()), Origin = OriginSignature.ExternalRetrieval };
        cube = shape is null ? cube : shape(cube);
        yield return new ImportItem(null, cube with { Tags = Names(Tags.AddRange(cube.Tags)), Context = Name(cube.Context), Info = Provenance(id, cube.Info) }, archived);
    }

    /// <summary>Something that was said.</summary>
    public ImportItem Said(Message message) => new(
        message with
        {
            Id = Name(message.Id) ?? "",
            Conversation = Name(message.Conversation),
            Speaker = Name(message.Speaker),
            Tags = Names(Tags.AddRange(message.Tags)),
            Info = Provenance(message.Id, message.Info),
        },
        null);

    /// <summary>The first of the fields that is a time.</summary>
    public DateTimeOffset? Time(JsonElement item, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (JsonFields.Find(item, name) is not { } value)
            {
                continue;
            }

            if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) is >= 1e8 and < 1e14)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(Math.Abs(number) < 1e11 ? number * 1000 : number));
            }

            if (ChatTimeParser.TryParse(JsonFields.Scalar(value), Now, out DateTimeOffset time))
            {
                return time;
            }
        }

        return null;
    }

    public MemOSException Invalid(string problem) => TransferErrors.Invalid(Path, problem);

    /// <summary>Names are cut to what a vault takes and freed of control characters.</summary>
    public static string? Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        string clean = string.Concat(name.Trim().Select(c => char.IsControl(c) ? ' ' : c));
        return MessageRules.Beginning(clean, LongestName);
    }

    private static ImmutableArray<string> Names(ImmutableArray<string> names) => [.. names.Select(Name).OfType<string>().Distinct().Take(MessageRules.MaximumItems)];

    private ImmutableSortedDictionary<string, string> Provenance(string id, ImmutableSortedDictionary<string, string>? info) =>
        (info ?? ImmutableSortedDictionary<string, string>.Empty)
            .SetItem("origin", System).SetItem("origin_id", id).SetItem("origin_file", global::System.IO.Path.GetFileName(Path));

    // A UUID of the other system names the cube as well; anything else is hashed with the system's name.
    private CubeId IdOf(string id)
    {
        if (CubeId.TryParse(id, out CubeId own))
        {
            return own;
        }

        Span<byte> bytes = stackalloc byte[16];
        XxHash128.Hash(MemoryMarshal.AsBytes($"{System}\n{id}".AsSpan()), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // version 8: made by a rule of our own
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new CubeId(new Guid(bytes, bigEndian: true));
    }
}
