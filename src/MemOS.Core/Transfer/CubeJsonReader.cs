using System.Collections.Immutable;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Reads back the versions of cubes that <see cref="CubeJson"/> wrote.</summary>
/// <remarks>Numbers of messages, sequence and transaction times belong to the vault that wrote them; the vault that takes the cube in gives its own.</remarks>
internal static class CubeJsonReader
{
    /// <summary>Reads a version.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, naming the place and the field.</exception>
    public static MemCube Read(PackageFields item)
    {
        try
        {
            return new MemCube
            {
                Id = Id(item, "id"),
                Version = (int)item.Number("version", 1, int.MaxValue),
                Branch = new BranchName(item.Required("branch")),
                State = item.Name<CubeState>("state"),
                Payload = Payload(item),
                Descriptive = Descriptive(item),
                Governance = item.Object("governance") is { } governance ? Governance(governance) : GovernanceHeader.Default,
                Valid = item.Object("valid") is { } valid ? new TimeInterval(valid.Time("from"), valid.Time("to")) : TimeInterval.Always,
                Fingerprint = Fingerprint(item),
                Sources = item.List("sources", Source),
                Lineage = item.List("lineage", Edge),
            };
        }
        catch (ArgumentException exception)
        {
            throw item.Invalid("cube", "holds a value out of range", exception);
        }
    }

    /// <summary>Reads the uses of a cube.</summary>
    public static UsageDelta ReadUsage(PackageFields item) => new(
        Id(item, "cube"), (int)Math.Min(int.MaxValue, item.Number("uses", 1)), item.RequiredTime("last_used"), TimeSpan.Zero, item.Real("heat"));

    private static CubeId Id(PackageFields item, string name) =>
        CubeId.TryParse(item.Required(name), out CubeId id) ? id : throw item.Invalid(name, "must be a cube id");

    private static CubePayload Payload(PackageFields item)
    {
        PayloadKind kind = item.Name<PayloadKind>("payload");
        return kind is PayloadKind.Plaintext
            ? new PlaintextPayload(item.Required("text"))
            : new StoredPayload(kind, Hash(item, "payload_hash"), item.Number("payload_bytes"), item.Required("payload_format"));
    }

    /// <summary>The address of payload bytes.</summary>
    public static ContentHash Hash(PackageFields item, string name) =>
        ContentHash.TryParse(item.Required(name), out ContentHash hash) ? hash : throw item.Invalid(name, "must be 64 hexadecimal digits");

    private static DescriptiveHeader Descriptive(PackageFields item) => new()
    {
        CreatedAt = item.RequiredTime("created_at"),
        Origin = item.Name<OriginSignature>("origin"),
        Type = new SemanticType(item.Required("type")),
        SaidAt = item.Time("said_at"),
        Speaker = item.Text("speaker"),
        Role = item.Text("role"),
        Context = item.Text("context"),
        FactKey = item.Text("fact_key"),
        Model = item.Text("model"),
        Entities = item.Strings("entities"),
        Tags = item.Strings("tags"),
        Info = item.Map("info", (fields, key) => fields.Required(key)),
    };

    private static GovernanceHeader Governance(PackageFields item) => new()
    {
        Access = new AccessScope { Layer = item.Name<AccessLayer>("layer"), Readers = [.. item.Strings("readers")], Writers = [.. item.Strings("writers")] },
        Lifespan = new Lifespan(item.Time("expires_at"), HalfLife(item)),
        Priority = (int)item.Number("priority", -100, 100),
        Sensitivity = item.Name<Sensitivity>("sensitivity"),
        Watermark = item.Text("watermark"),
        Restricted = item.Map("restricted", (fields, field) => fields.Strings(field).ToImmutableSortedSet(StringComparer.Ordinal)),
    };

    private static TimeSpan? HalfLife(PackageFields item) => item.Text("half_life") switch
    {
        null => null,
        { } text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan span) => span,
        _ => throw item.Invalid("half_life", "must be a span such as 7.00:00:00"),
    };

    private static ContextualFingerprint? Fingerprint(PackageFields item) => item.Text("fingerprint") switch
    {
        null => null,
        { } text when ContextualFingerprint.TryParse(text, out ContextualFingerprint fingerprint) => fingerprint,
        _ => throw item.Invalid("fingerprint", "must be 32 hexadecimal digits"),
    };

    private static MessageSource Source(PackageFields item) =>
        new(item.Required("message_id"), item.Text("conversation"), 0, (int)item.Number("start", 0, int.MaxValue), (int)item.Number("length", 0, int.MaxValue));

    private static Derivation Edge(PackageFields item) =>
        new(item.Name<DerivationKind>("kind"), Id(item, "cube"), (int)item.Number("version", 1, int.MaxValue), item.Text("note"));
}
