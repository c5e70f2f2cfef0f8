using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>Who asks. Every operation on a vault names one.</summary>
/// <param name="Name">The caller's name in the audit log, 1 to 200 characters.</param>
/// <param name="Roles">The roles that it acts in.</param>
/// <param name="Clearance">The most sensitive memories that it may see.</param>
/// <param name="IsOwner">Whether it owns the vault, and so may do everything.</param>
public sealed record Caller(string Name, ImmutableSortedSet<string> Roles, Sensitivity Clearance, bool IsOwner)
{
    /// <summary>The owner of the vault: the default for a vault opened in process.</summary>
    public static Caller Owner { get; } = new("owner", [], Sensitivity.Secret, IsOwner: true);

    /// <summary>A caller without special rights, with clearance for normal memories.</summary>
    public static Caller Named(string name, params IEnumerable<string> roles) => new(name, [.. roles], Sensitivity.Normal, IsOwner: false);
}
