namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>A clock on which a minute is over in less than a millisecond, so that what is done now and then is done all the time. The time of day is the real one.</summary>
internal sealed class FastClock : TimeProvider
{
    public override long TimestampFrequency => base.TimestampFrequency / 100_000;
}
