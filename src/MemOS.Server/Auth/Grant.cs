using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Server.Auth;

/// <summary>What a key opens.</summary>
/// <param name="Caller">Who acts.</param>
/// <param name="IsAdmin">Whether it opens everything.</param>
/// <param name="Vaults">Names of vaults, and beginnings of names ended by <c>*</c>.</param>
internal sealed record Grant(Caller Caller, bool IsAdmin, ImmutableArray<string> Vaults)
{
    /// <summary>The grant of the admin key, and of everybody where no key is asked for.</summary>
    public static Grant Admin { get; } = new(Caller.Owner, true, []);

    /// <summary>The vault that is meant when a request names none.</summary>
    public VaultId? Default => IsAdmin ? new VaultId("default") : Vaults.FirstOrDefault(name => !IsPrefix(name)) is { } name ? new VaultId(name) : null;

    /// <summary>The beginning of names under which new vaults can be made; null for none.</summary>
    public string? Prefix => IsAdmin ? "" : Vaults.FirstOrDefault(IsPrefix)?[..^1];

    /// <summary>The grant of an API key. Its holder owns the vaults that it opens.</summary>
    public static Grant Of(ApiKey key) => new(new Caller($"key:{key.Name}", [], Sensitivity.Secret, IsOwner: true), false, [.. key.Vaults]);

    /// <summary>Whether it opens a vault.</summary>
    public bool Opens(VaultId id) => IsAdmin || Vaults.Any(name => IsPrefix(name)
        ? id.Value.AsSpan().StartsWith(name.AsSpan(0, name.Length - 1), StringComparison.Ordinal)
        : id.Value == name);

    private static bool IsPrefix(string name) => name.EndsWith('*');
}
