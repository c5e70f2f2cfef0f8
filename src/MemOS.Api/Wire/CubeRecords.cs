using MemOS.Cubes;
using MemOS.Operator;
using MemOS.Operator.Recall;
using MemOS.Scheduler;

namespace MemOS.Api.Wire;

/// <summary>Writes cubes and what belongs to them as records of the wire.</summary>
internal static class CubeRecords
{
    public static CubeRecord ToRecord(this MemCube cube) => new()
    {
        Id = cube.Id.Value,
        Version = cube.Version,
        Branch = cube.Branch.Value,
        Sequence = cube.Sequence,
        State = WireName<CubeState>.Of(cube.State),
        Type = cube.Descriptive.Type.Value,
        Origin = WireName<OriginSignature>.Of(cube.Descriptive.Origin),
        Text = cube.Text,
        Payload = (cube.Payload as StoredPayload)?.ToRecord(),
        Speaker = cube.Descriptive.Speaker,
        Role = cube.Descriptive.Role,
        Context = cube.Descriptive.Context,
        FactKey = cube.Descriptive.FactKey,
        Model = cube.Descriptive.Model,
        Entities = cube.Descriptive.Entities,
        Tags = cube.Descriptive.Tags,
        Info = cube.Descriptive.Info,
        CreatedAt = cube.Descriptive.CreatedAt,
        SaidAt = cube.Descriptive.SaidAt,
        Valid = cube.Valid == TimeInterval.Always ? null : cube.Valid.ToRecord(),
        TxFrom = cube.TxFrom,
        TxTo = cube.TxTo,
        Governance = cube.Governance.ToRecord(),
        Sources = [.. cube.Sources.Select(ToRecord)],
        Lineage = [.. cube.Lineage.Select(ToRecord)],
        Fingerprint = cube.Fingerprint?.ToString(),
    };

    public static CubeList ToList(this IEnumerable<MemCube> cubes) => new() { Items = [.. cubes.Select(ToRecord)] };

    public static TimeWindow ToRecord(this TimeInterval interval) => new() { From = interval.From, To = interval.To };

    public static RecallResponse ToRecord(this RecallResult result) => new()
    {
        Hits = [.. result.Hits.Select(ToRecord)],
        Window = result.Window?.ToRecord(),
        Tokens = result.Tokens,
    };

    public static LineageRecord ToRecord(this Lineage lineage) => new()
    {
        Root = lineage.Root.Value,
        Edges = [.. lineage.Edges.Select(edge => new LineageEdgeRecord
        {
            From = edge.From.Value,
            Kind = WireName<DerivationKind>.Of(edge.Kind),
            To = edge.To.Value,
            Version = edge.Version,
        })],
        Messages = [.. lineage.Messages.Select(ToRecord)],
    };

    public static UsageRecord ToRecord(this CubeUsage usage) => new() { Uses = usage.Uses, LastUsed = usage.LastUsed, Heat = usage.Heat };

    public static InjectionRecord ToRecord(this InjectionPlan plan) => new()
    {
        Parts = [.. plan.Parts.Select(part => new InjectionPartRecord { Kind = WireName<PayloadKind>.Of(part.Kind), Cube = part.Cube.ToRecord() })],
        Withheld = plan.Withheld,
        PromptText = plan.PromptText(),
    };

    private static RecallHitRecord ToRecord(RecallHit hit) => new()
    {
        Cube = hit.Cube.ToRecord(),
        Excerpt = hit.Excerpt is { } excerpt
            ? new ExcerptRecord { Text = excerpt.Text, Spans = [.. excerpt.Spans.Select(span => new SpanRecord { Start = span.Start, Length = span.Length })] } : null,
        Score = hit.Score,
        Relevance = hit.Relevance,
        Breakdown = new ScoreRecord
        {
            Lexical = hit.Breakdown.Lexical,
            Vector = hit.Breakdown.Vector,
            Entity = hit.Breakdown.Entity,
            Time = hit.Breakdown.Time,
            Neighbours = hit.Breakdown.Neighbours,
            Conversation = hit.Breakdown.Conversation,
            Adjustment = hit.Breakdown.Adjustment,
        },
        Derived = [.. hit.Derived.Select(id => id.Value)],
    };

    private static GovernanceRecord ToRecord(this GovernanceHeader governance) => new()
    {
        Layer = WireName<AccessLayer>.Of(governance.Access.Layer),
        Readers = governance.Access.Readers.IsEmpty ? null : [.. governance.Access.Readers],
        Writers = governance.Access.Writers.IsEmpty ? null : [.. governance.Access.Writers],
        ExpiresAt = governance.Lifespan.ExpiresAt,
        HalfLifeHours = governance.Lifespan.HalfLife?.TotalHours,
        Priority = governance.Priority,
        Sensitivity = WireName<Sensitivity>.Of(governance.Sensitivity),
        Restricted = governance.Restricted?.ToDictionary(rule => rule.Key, rule => (IReadOnlyList<string>)[.. rule.Value]),
    };

    private static PayloadRecord ToRecord(this StoredPayload payload) =>
        new() { Kind = WireName<PayloadKind>.Of(payload.Kind), Hash = payload.Hash.Value, Length = payload.Length, Format = payload.Format };

    private static SourceRecord ToRecord(MessageSource source) =>
        new() { MessageId = source.MessageId, Conversation = source.Conversation, Number = source.Number, Start = source.Start, Length = source.Length };

    private static DerivationRecord ToRecord(Derivation derivation) =>
        new() { Kind = WireName<DerivationKind>.Of(derivation.Kind), Cube = derivation.Cube.Value, Version = derivation.Version, Note = derivation.Note };
}
