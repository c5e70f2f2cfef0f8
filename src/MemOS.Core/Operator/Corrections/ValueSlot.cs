using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader.Time;

namespace MemOS.Operator.Corrections;

/// <summary>The place in a memory's text where a new value goes.</summary>
/// <param name="Start">Where the old value begins, in UTF-16 characters.</param>
/// <param name="Length">Its length.</param>
/// <param name="Meant">For a time, what the old value meant; else null.</param>
internal readonly record struct ValueSlot(int Start, int Length, TimeInterval? Meant)
{
    /// <summary>Finds the one place for a new value: that of the old value where it is named, else the only time or the only number in the text. Null when there is none, or no single one.</summary>
    /// <param name="cube">The memory.</param>
    /// <param name="old">The old value, or null.</param>
    /// <param name="value">The new one.</param>
    /// <param name="said">When the new one was said.</param>
    public static ValueSlot? Find(MemCube cube, string? old, string value, DateTimeOffset said)
    {
        string text = cube.Text ?? "";
        IReadOnlyList<TimeMention> times = TimeExpressionParser.Parse(text, cube.Descriptive.SaidAt ?? cube.Descriptive.CreatedAt);
        if (old is not null)
        {
            int at = IndexOfWords(text, old);
            return at < 0 ? null : new ValueSlot(at, old.Length, times.FirstOrDefault(time => time.Start <= at && at < time.Start + time.Length) is { Length: > 0 } time ? time.Interval : null);
        }

        if (TimeExpressionParser.Parse(value, said, TimeDirection.Future) is [var meant] && meant.Length >= value.Length - 4)
        {
            return times is [var only] ? new ValueSlot(only.Start, only.Length, only.Interval) : null;
        }

        return value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? OnlyNumber(text) : null;
    }

    /// <summary>The memory with the new value in this place; a relative time is written with the day that it means.</summary>
    public MemCube Put(MemCube cube, string value, DateTimeOffset said)
    {
        string text = cube.Text ?? "";
        TimeInterval? time = TimeExpressionParser.Parse(value, said, TimeDirection.Future) is [var mention] ? mention.Interval : null;
        string written = Meant is not null && time?.From is { } day && !value.AsSpan().ContainsAnyInRange('0', '9')
            ? string.Create(CultureInfo.InvariantCulture, $"{value} ({day:d MMMM yyyy})")
            : value;
        return cube with
        {
            Payload = new PlaintextPayload(string.Concat(text.AsSpan(0, Start), written, text.AsSpan(Start + Length))),
            Valid = Meant is { } old && old == cube.Valid && time is { } now ? now : cube.Valid,
        };
    }

    /// <summary>Where words stand in a text as words of their own, without regard to case; -1 for nowhere.</summary>
    public static int IndexOfWords(string text, string words)
    {
        for (int at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    private static ValueSlot? OnlyNumber(string text)
    {
        int start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        int length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length - start : length;
        return text.AsSpan(start + length).ContainsAnyInRange('0', '9') ? null : new ValueSlot(start, length, null);
    }
}
