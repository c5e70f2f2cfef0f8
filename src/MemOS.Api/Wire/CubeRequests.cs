using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Api.Wire;

/// <summary>Reads requests about cubes.</summary>
internal static class CubeRequests
{
    public static MemOSException NotFound(Guid cube) => new(ErrorCodes.CubeNotFound, $"There is no cube {cube} in this vault, or not that version of it.");

    public static RecallQuery ToQuery(this RecallRequest request) => new()
    {
        Text = request.Text,
        Limit = RequestValues.Limit(request.Limit, 10, 1000),
        TokenBudget = request.TokenBudget,
        ExcerptTokens = request.ExcerptTokens,
        Filter = RequestValues.Filter(request.Filter),
        ReferenceTime = Within(request.ReferenceTime, "reference_time"),
        AsOf = Within(request.AsOf, "as_of"),
        ValidAt = Within(request.ValidAt, "valid_at"),
        Conversation = request.Conversation,
        Context = request.ContextText,
        IncludeArchived = request.IncludeArchived ?? false,
        MinimumRelevance = request.MinimumRelevance ?? 0,
    };

    public static NewCube ToNewCube(this CreateCubeRequest request) => new()
    {
        Id = request.Id is { } id ? new CubeId(id) : null,
        Payload = new PlaintextPayload(request.Text),
        Origin = WireName<OriginSignature>.Read(request.Origin, OriginSignature.UserInput, "origin"),
        Type = request.Type is { } type ? RequestValues.Type(type) : SemanticType.Fact,
        Speaker = request.Speaker,
        Context = request.Context,
        FactKey = request.FactKey,
        Model = request.Model,
        Entities = RequestValues.Texts(request.Entities, "entities"),
        Tags = RequestValues.Texts(request.Tags, "tags"),
        Info = RequestValues.Info(request.Info, "info"),
        Governance = request.Governance.ToHeader() ?? GovernanceHeader.Default,
        Valid = request.Valid.ToInterval() ?? TimeInterval.Always,
        ContextText = request.ContextText,
    };

    public static CubeUpdate ToUpdate(this UpdateCubeRequest request, string? ifMatch)
    {
        MessageRules.RequireText(request.Text, "text");
        return new CubeUpdate
        {
            ExpectedVersion = Expected(request.ExpectedVersion, ifMatch),
            Mode = WireName<UpdateMode>.Read(request.Mode, UpdateMode.Overwrite, "mode"),
            Text = request.Text,
            Type = request.Type is { } type ? RequestValues.Type(type) : null,
            Entities = request.Entities is null ? null : Names(request.Entities, "entities"),
            Tags = request.Tags is null ? null : Names(request.Tags, "tags"),
            Info = Checked(RequestValues.Info(request.Info, "info")),
            Governance = request.Governance.ToHeader(),
            Valid = request.Valid.ToInterval(),
        };
    }

    public static ForgetScope ToScope(this ForgetRequest request) => new()
    {
        Cubes = [.. (request.Cubes ?? []).Select(id => new CubeId(id))],
        Messages = RequestValues.Texts(request.Messages, "messages"),
        Conversation = request.Conversation,
        Filter = RequestValues.Filter(request.Filter),
        Everything = request.Everything ?? false,
    };

    public static CubeId[] ToIds(this CubeIdsRequest request) => [.. request.Cubes.Select(id => new CubeId(id))];

    private static int? Expected(int? inBody, string? ifMatch)
    {
        if (ifMatch is not { Length: > 0 } or "*")
        {
            return inBody;
        }

        int inHeader = int.TryParse(ifMatch.Trim().Trim('"'), out int version) ? version : throw RequestValues.Invalid("If-Match holds the version that you read, for example \"3\".");
        return inBody is null || inBody == inHeader ? inHeader : throw RequestValues.Invalid("If-Match and expected_version name different versions.");
    }

    private static ImmutableArray<string> Names(IReadOnlyList<string> list, string field)
    {
        ImmutableArray<string> names = RequestValues.Texts(list, field);
        foreach (string name in names)
        {
            MessageRules.RequireName(name, field);
        }

        return names.Length <= MessageRules.MaximumItems ? names : throw RequestValues.Invalid($"{field} has more than {MessageRules.MaximumItems} entries.");
    }

    private static ImmutableSortedDictionary<string, string>? Checked(ImmutableSortedDictionary<string, string>? info)
    {
        foreach ((string key, string value) in info ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            MessageRules.RequireName(key, "info");
            MessageRules.RequireText(value, $"info.{key}");
        }

        return info;
    }

    private static GovernanceHeader? ToHeader(this GovernanceRecord? governance) => governance is null ? null : new GovernanceHeader
    {
        Access = new AccessScope
        {
            Layer = WireName<AccessLayer>.Read(governance.Layer, AccessLayer.Shared, "governance.layer"),
            Readers = [.. Names(governance.Readers ?? [], "governance.readers")],
            Writers = [.. Names(governance.Writers ?? [], "governance.writers")],
        },
        Lifespan = new Lifespan(Within(governance.ExpiresAt, "governance.expires_at"), HalfLife(governance.HalfLifeHours)),
        Priority = governance.Priority is null or (>= -100 and <= 100) ? governance.Priority ?? 0 : throw RequestValues.Invalid("governance.priority must lie between -100 and 100."),
        Sensitivity = WireName<Sensitivity>.Read(governance.Sensitivity, Sensitivity.Normal, "governance.sensitivity"),
        Restricted = governance.Restricted is not { Count: > 0 } restricted ? null : restricted.ToImmutableSortedDictionary(
            rule => rule.Key, rule => Names(rule.Value ?? [], $"governance.restricted.{rule.Key}").ToImmutableSortedSet(), StringComparer.Ordinal),
    };

    private static TimeSpan? HalfLife(double? hours) => hours switch
    {
        null => null,
        > 0 and <= 10_000_000 => TimeSpan.FromHours(hours.Value),
        _ => throw RequestValues.Invalid("governance.half_life_hours must be more than 0 and at most 10,000,000."),
    };

    private static TimeInterval? ToInterval(this TimeWindow? window) => window is null ? null
        : window is { From: { } from, To: { } to } && to <= from ? throw RequestValues.Invalid("valid.to must be later than valid.from.")
        : new TimeInterval(Within(window.From, "valid.from"), Within(window.To, "valid.to"));

    /// <summary>A time far enough from the ends of the calendar; null when missing.</summary>
    public static DateTimeOffset? Within(DateTimeOffset? time, string field)
    {
        if (time is { } given)
        {
            MessageRules.RequireTime(given, field);
        }

        return time;
    }
}
