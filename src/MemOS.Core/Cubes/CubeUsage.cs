namespace MemOS.Cubes;

/// <summary>The paper's behavioural indicators that change with every use. They are counted apart from the versions.</summary>
/// <param name="Uses">How often the cube was read or injected; a refused read does not count.</param>
/// <param name="LastUsed">When it was last used, or null.</param>
/// <param name="Heat">Uses with older ones weighing less, 0 or more, as of <paramref name="LastUsed"/>.</param>
public sealed record CubeUsage(long Uses, DateTimeOffset? LastUsed, double Heat)
{
    /// <summary>Never used.</summary>
    public static CubeUsage None { get; } = new(0, null, 0);
}
