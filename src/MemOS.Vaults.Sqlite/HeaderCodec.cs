using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>Turns the parts of a version that no query filters by into <see cref="StoredHeader"/> and back.</summary>
internal static class HeaderCodec
{
    public static StoredHeader Encode(MemCube cube)
    {
        DescriptiveHeader descriptive = cube.Descriptive;
        GovernanceHeader governance = cube.Governance;
        AccessScope access = governance.Access;
        bool defaultAccess = access.Layer == AccessLayer.Shared && access.Readers.IsEmpty && access.Writers.IsEmpty;
        var stored = cube.Payload as StoredPayload;
        return new StoredHeader
        {
            Created = descriptive.CreatedAt.UtcTicks - cube.TxFrom.UtcTicks,
            Origin = (int)descriptive.Origin,
            Type = descriptive.Type == SemanticType.Episode ? null : descriptive.Type.Value,
            Said = descriptive.SaidAt?.UtcTicks,
            SaidOffset = (int)(descriptive.SaidAt?.Offset.TotalMinutes ?? 0),
            Speaker = descriptive.Speaker,
            Role = descriptive.Role,
            Context = descriptive.Context,
            Model = descriptive.Model,
            Entities = Array(descriptive.Entities),
            Tags = Array(descriptive.Tags),
            Info = descriptive.Info?.ToDictionary(),
            Access = defaultAccess ? 0 : (int)access.Layer + 1,
            Readers = access.Readers.IsEmpty ? null : [.. access.Readers],
            Writers = access.Writers.IsEmpty ? null : [.. access.Writers],
            Expires = governance.Lifespan.ExpiresAt?.UtcTicks,
            HalfLife = governance.Lifespan.HalfLife?.Ticks,
            Priority = governance.Priority,
            Sensitivity = (int)governance.Sensitivity,
            Watermark = governance.Watermark,
            Restricted = governance.Restricted?.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
            Fingerprint = cube.Fingerprint?.ToString(),
            Sources = EncodeSources(cube.Sources, descriptive.Context),
            Lineage = cube.Lineage.IsDefaultOrEmpty ? null :
                [.. cube.Lineage.Select(edge => new StoredDerivation { Kind = (int)edge.Kind, Cube = edge.Cube.Value, Version = edge.Version, Note = edge.Note })],
            PayloadLength = stored?.Length ?? 0,
            PayloadFormat = stored?.Format,
        };
    }

    public static DescriptiveHeader DecodeDescriptive(StoredHeader header, DateTimeOffset txFrom, string? factKey) => new()
    {
        CreatedAt = txFrom.AddTicks(header.Created),
        Origin = (OriginSignature)header.Origin,
        Type = header.Type is null ? default : new SemanticType(header.Type),
        SaidAt = header.Said is { } said ? Ticks.Decode(said, header.SaidOffset) : null,
        Speaker = header.Speaker,
        Role = header.Role,
        Context = header.Context,
        FactKey = factKey,
        Model = header.Model,
        Entities = Immutable(header.Entities),
        Tags = Immutable(header.Tags),
        Info = header.Info?.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    public static GovernanceHeader DecodeGovernance(StoredHeader header)
    {
        if (header is { Access: 0, Expires: null, HalfLife: null, Priority: 0, Sensitivity: 0, Watermark: null, Restricted: null })
        {
            return GovernanceHeader.Default;
        }

        return new GovernanceHeader
        {
            Access = header.Access == 0 ? AccessScope.Default : new AccessScope
            {
                Layer = (AccessLayer)(header.Access - 1),
                Readers = (header.Readers ?? []).ToImmutableSortedSet(StringComparer.Ordinal),
                Writers = (header.Writers ?? []).ToImmutableSortedSet(StringComparer.Ordinal),
            },
            Lifespan = header is { Expires: null, HalfLife: null } ? Lifespan.Unlimited : new Lifespan(
                header.Expires is { } expires ? Ticks.Decode(expires) : null,
                header.HalfLife is { } halfLife ? TimeSpan.FromTicks(halfLife) : null),
            Priority = header.Priority,
            Sensitivity = (Sensitivity)header.Sensitivity,
            Watermark = header.Watermark,
            Restricted = header.Restricted?.ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value.ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal),
        };
    }

    public static ImmutableArray<MessageSource> DecodeSources(StoredHeader header)
    {
        if (header.Sources is not { } stored)
        {
            return [];
        }

        var sources = new MessageSource[stored.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            StoredSource source = stored[i];
            sources[i] = new MessageSource(
                source.Id, source.Differs == 0 ? header.Context : source.Conversation, source.Number, source.Start, source.Length);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sources);
    }

    public static ImmutableArray<Derivation> DecodeLineage(StoredHeader header) => header.Lineage is not { } stored ? [] :
        [.. stored.Select(edge => new Derivation((DerivationKind)edge.Kind, new CubeId(edge.Cube), edge.Version, edge.Note))];

    private static StoredSource[]? EncodeSources(ImmutableArray<MessageSource> sources, string? context)
    {
        if (sources.IsDefaultOrEmpty)
        {
            return null;
        }

        var stored = new StoredSource[sources.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            MessageSource source = sources[i];
            bool differs = source.Conversation != context;
            stored[i] = new StoredSource
            {
                Id = source.MessageId,
                Number = source.Number,
                Start = source.Start,
                Length = source.Length,
                Differs = differs ? 1 : 0,
                Conversation = differs ? source.Conversation : null,
            };
        }

        return stored;
    }

    private static string[]? Array(ImmutableArray<string> values) =>
        values.IsDefaultOrEmpty ? null : ImmutableCollectionsMarshal.AsArray(values);

    private static ImmutableArray<string> Immutable(string[]? values) => values is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(values);
}
