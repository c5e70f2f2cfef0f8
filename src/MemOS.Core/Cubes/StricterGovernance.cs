using System.Collections.Immutable;

namespace MemOS.Cubes;

/// <summary>Joins the governance of several cubes so that the joined cube is never freer than any of them.</summary>
public static class StricterGovernance
{
    /// <summary>The stricter of two headers in every attribute: access, lifespan, sensitivity, restricted fields; the higher priority.</summary>
    public static GovernanceHeader Of(GovernanceHeader left, GovernanceHeader right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new GovernanceHeader
        {
            Access = Of(left.Access, right.Access),
            Lifespan = new Lifespan(
                Earlier(left.Lifespan.ExpiresAt, right.Lifespan.ExpiresAt),
                Shorter(left.Lifespan.HalfLife, right.Lifespan.HalfLife)),
            Priority = Math.Max(left.Priority, right.Priority),
            Sensitivity = (Sensitivity)Math.Max((int)left.Sensitivity, (int)right.Sensitivity),
            Restricted = Of(left.Restricted, right.Restricted),
            Watermark = left.Watermark ?? right.Watermark,
        };
    }

    private static AccessScope Of(AccessScope left, AccessScope right)
    {
        AccessLayer layer = (AccessLayer)Math.Min((int)left.Layer, (int)right.Layer);
        ImmutableSortedSet<string>? readers = Both(Readers(left), Readers(right));
        ImmutableSortedSet<string>? writers = Both(Names(left, left.Writers), Names(right, right.Writers));
        if (readers is not null && writers is not null)
        {
            writers = writers.Intersect(readers); // a writer may read, so only one who may read both can be one
        }

        // Two lists without a common name leave nobody, which only the private layer can say.
        bool nobody = readers is { IsEmpty: true } || writers is { IsEmpty: true };
        return new AccessScope { Layer = nobody ? AccessLayer.Private : layer, Readers = readers ?? [], Writers = writers ?? [] };
    }

    // Writers may read, so they count where readers are named. Null: no restriction.
    private static ImmutableSortedSet<string>? Readers(AccessScope scope) =>
        scope.Readers.IsEmpty && scope.Layer is not AccessLayer.Private ? null : scope.Readers.Union(scope.Writers);

    private static ImmutableSortedSet<string>? Names(AccessScope scope, ImmutableSortedSet<string> names) =>
        names.IsEmpty && scope.Layer is not AccessLayer.Private ? null : names;

    private static ImmutableSortedSet<string>? Both(ImmutableSortedSet<string>? left, ImmutableSortedSet<string>? right) =>
        left is null || right is null ? left ?? right : left.Intersect(right);

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>>? Of(
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>? left, ImmutableSortedDictionary<string, ImmutableSortedSet<string>>? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        ImmutableSortedDictionary<string, ImmutableSortedSet<string>> joined = left;
        foreach ((string field, ImmutableSortedSet<string> allowed) in right)
        {
            joined = joined.SetItem(field, joined.TryGetValue(field, out ImmutableSortedSet<string>? other) ? other.Intersect(allowed) : allowed);
        }

        return joined;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is { } a && right is { } b ? (a < b ? a : b) : left ?? right;

    private static TimeSpan? Shorter(TimeSpan? left, TimeSpan? right) => left is { } a && right is { } b ? (a < b ? a : b) : left ?? right;
}
