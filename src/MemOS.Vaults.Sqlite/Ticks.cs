namespace MemOS.Vaults.Sqlite;

/// <summary>Times as they stand in the file: UTC ticks, and an offset in minutes where it matters.</summary>
internal static class Ticks
{
    /// <exception cref="ArgumentException">The number is no time.</exception>
    public static DateTimeOffset Decode(long ticks) => new(ticks, TimeSpan.Zero);

    /// <exception cref="ArgumentException">The numbers are no time.</exception>
    public static DateTimeOffset Decode(long ticks, int offsetMinutes) =>
        offsetMinutes == 0 ? Decode(ticks) : Decode(ticks).ToOffset(TimeSpan.FromMinutes(offsetMinutes));
}
