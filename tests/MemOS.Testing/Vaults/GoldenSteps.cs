using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>The fixed steps that golden vaults are made of.</summary>
public static class GoldenSteps
{
    public static readonly VaultId Vault = new("golden");

    public static readonly DateTimeOffset Begin = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static VaultSteps Operations { get; } = new();

    /// <summary>Steps of every kind; forgetting, and closing branches, only in the first part, so that much is left.</summary>
    public static IReadOnlyList<(byte Kind, byte A, byte B, byte C)> All { get; } = [.. Enumerable.Range(0, 160).Select(Step)];

    private static (byte Kind, byte A, byte B, byte C) Step(int i)
    {
        uint bits = (uint)i * 2654435761u;
        bits = (bits ^ (bits >> 15)) * 2246822519u;
        int kind = i < 60 ? (int)(bits % 13) : new[] { 0, 2, 3, 4, 5, 6, 8, 9, 10 }[bits % 9];
        return ((byte)kind, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24));
    }
}
