namespace MemOS.Cubes;

/// <summary>How long a cube lives: until a time, and how fast it cools when it is not used.</summary>
/// <param name="ExpiresAt">The end of its life, or null for none.</param>
/// <param name="HalfLife">The time without use in which its heat halves, or null when it does not cool.</param>
public sealed record Lifespan(DateTimeOffset? ExpiresAt = null, TimeSpan? HalfLife = null)
{
    /// <summary>Lives for ever.</summary>
    public static Lifespan Unlimited { get; } = new();
}
