namespace MemOS.Reader.Time;

/// <summary>The units that time expressions count in.</summary>
internal enum TimeUnit
{
    Minute, Hour, Day, Week, Weekend, Month, Year, Decade,
}
