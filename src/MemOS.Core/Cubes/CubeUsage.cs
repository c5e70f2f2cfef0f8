namespace MemOS.Cubes;

/// <summary>The paper's behavioural indicators that change with every use. They are counted apart from the versions.</summary>
/// <param name="Uses">How often the cube was read or injected; a refused read does not count.</param>
/// <param name="LastUsed">When it was last used, or null.</param>
/// <param name="Heat">Uses with older ones weighing less, 0 or more, as of <paramref name="LastUsed"/>.</param>
public sealed record CubeUsage(long Uses, DateTimeOffset? LastUsed, double Heat)
{
    /// <summary>Never used.</summary>
    public static CubeUsage None { get; } = new(0, null, 0);

    /// <summary>The time in which the heat of a cube halves that says nothing else: 7 days.</summary>
    public static TimeSpan DefaultHalfLife { get; } = TimeSpan.FromDays(7);

    /// <summary>The heat at a later time.</summary>
    /// <param name="time">The time; before <see cref="LastUsed"/> nothing cools.</param>
    /// <param name="halfLife">The time in which the heat halves; null for the usual one, zero or less where it does not cool.</param>
    public double HeatAt(DateTimeOffset time, TimeSpan? halfLife)
    {
        TimeSpan half = halfLife ?? DefaultHalfLife;
        return LastUsed is { } last && half > TimeSpan.Zero && time > last ? Heat * Math.Pow(0.5, (time - last) / half) : Heat;
    }
}
