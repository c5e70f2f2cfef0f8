using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>Uses of a cube since the last time they were counted.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="Uses">How many, 1 or more.</param>
/// <param name="LastUsed">The last of them.</param>
/// <param name="HalfLife">The time in which the cube's heat halves; zero or less when it does not cool.</param>
/// <param name="Heat">The heat that they come with, for a cube that was used elsewhere before; null for one degree a use.</param>
public readonly record struct UsageDelta(CubeId Cube, int Uses, DateTimeOffset LastUsed, TimeSpan HalfLife, double? Heat = null)
{
    private double Warmth => Heat ?? Uses;

    /// <summary>Adds these uses to what was counted before; the older of the two cools to the time of the newer.</summary>
    public CubeUsage ApplyTo(CubeUsage before)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (before.LastUsed is not { } lastUsed)
        {
            return new CubeUsage(before.Uses + Uses, LastUsed, before.Heat + Warmth);
        }

        TimeSpan apart = (LastUsed - lastUsed).Duration();
        double cooled = HalfLife > TimeSpan.Zero ? Math.Pow(0.5, apart / HalfLife) : 1;
        return LastUsed >= lastUsed
            ? new CubeUsage(before.Uses + Uses, LastUsed.ToUniversalTime(), (before.Heat * cooled) + Warmth)
            : new CubeUsage(before.Uses + Uses, lastUsed, before.Heat + (Warmth * cooled));
    }
}
