using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>The fixed steps that golden vaults are made of.</summary>
public static class GoldenSteps
{
    public static readonly VaultId Vault = new("golden");

    public static readonly DateTimeOffset Begin = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static VaultSteps Operations { get; } = new();

    /// <summary>A hundred steps of every kind but forgetting everything.</summary>
    public static IReadOnlyList<(byte Kind, byte A, byte B, byte C)> All { get; } =
        [.. Enumerable.Range(0, 100).Select(i => ((byte)(i * 7), (byte)(i * 5), (byte)((i * 3) + 1), (byte)(i * 11)))];
}
