using MemOS.Cubes;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Compares headers by the rules on who may read what; everything else in them is left aside.</summary>
internal sealed class AccessRuleComparer : IEqualityComparer<GovernanceHeader>
{
    /// <summary>The only instance.</summary>
    public static AccessRuleComparer Instance { get; } = new();

    private AccessRuleComparer()
    {
    }

    /// <inheritdoc/>
    public bool Equals(GovernanceHeader? x, GovernanceHeader? y)
    {
        if (x is null || y is null || !x.Access.Equals(y.Access) || x.Restricted?.Count != y.Restricted?.Count)
        {
            return false;
        }

        return x.Restricted is null || y.Restricted is null ||
            x.Restricted.All(rule => y.Restricted.TryGetValue(rule.Key, out var allowed) && allowed.SetEquals(rule.Value));
    }

    /// <inheritdoc/>
    public int GetHashCode(GovernanceHeader obj) => HashCode.Combine(obj.Access, obj.Restricted?.Count);
}
