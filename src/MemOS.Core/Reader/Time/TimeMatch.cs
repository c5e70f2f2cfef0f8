namespace MemOS.Reader.Time;

/// <summary>What a rule of the time grammar found: where it ends and what it means, in ticks of local time.</summary>
/// <param name="Next">The token after it; 0 when nothing was found.</param>
/// <param name="From">The first tick, or <see cref="long.MinValue"/>.</param>
/// <param name="To">The tick after the last, or <see cref="long.MaxValue"/>.</param>
/// <param name="Granularity">How finely it speaks.</param>
/// <param name="IsVague">Whether the words leave the limits open.</param>
/// <param name="IsAbsolute">Whether it names its year.</param>
/// <param name="Repeats">The unit in which the bare name comes again, or null: Friday comes every week, May every year.</param>
internal readonly record struct TimeMatch(
    int Next,
    long From,
    long To,
    TimeGranularity Granularity,
    bool IsVague = false,
    bool IsAbsolute = false,
    TimeUnit? Repeats = null)
{
    /// <summary>Whether something was found.</summary>
    public bool Found => Next > 0;

    /// <summary>Whether it means a stretch of time that the calendar holds.</summary>
    public bool IsValid =>
        Found && From < To && (From == long.MinValue || CalendarTicks.IsValid(From)) && (To == long.MaxValue || CalendarTicks.IsValid(To));

    /// <summary>Whether it is one whole day.</summary>
    public bool IsDay => Found && Granularity == TimeGranularity.Day && To - From == CalendarTicks.Day;

    /// <summary>Words that have the form of a time and mean none, such as "30 February": they are passed over.</summary>
    public static TimeMatch Refuse(int next) => new(next, -1, -1, TimeGranularity.Day);

    /// <summary>The same name, some repetitions away.</summary>
    public TimeMatch Repeated(int count) =>
        Repeats is { } unit
            ? this with { From = CalendarTicks.Add(From, unit, count), To = CalendarTicks.Add(To, unit, count) }
            : this;
}
