using MemOS.Cubes;

namespace MemOS.Reader.Time;

/// <summary>A time expression that was found in a text, with what it means.</summary>
/// <param name="Start">Where it starts, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units; at least 1.</param>
/// <param name="Interval">The time meant, in the offset of the reference time.</param>
/// <param name="Granularity">How finely it speaks.</param>
/// <param name="IsVague">Whether the words leave the limits open ("a few days ago", "the other day").</param>
/// <param name="IsAbsolute">Whether it names its year, so that the reference time plays no part.</param>
public readonly record struct TimeMention(
    int Start, int Length, TimeInterval Interval, TimeGranularity Granularity, bool IsVague, bool IsAbsolute);
