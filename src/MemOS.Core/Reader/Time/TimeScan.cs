using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>What the rules of the time grammar work on: the tokens of a text and the time against which they are resolved.</summary>
internal readonly ref struct TimeScan
{
    /// <summary>How deep expressions may stand inside each other ("the day before the day before ..."): bounds the work on any text.</summary>
    public const int DeepestNesting = 3;

    public required ReadOnlySpan<TimeToken> Tokens { get; init; }

    /// <summary>The reference time, in ticks of its own clock.</summary>
    public required long Reference { get; init; }

    /// <summary>The offset of that clock, in ticks.</summary>
    public required long Offset { get; init; }

    public required TimeDirection Direction { get; init; }

    /// <summary>The year of a date that names none, or 0.</summary>
    public int DefaultYear { get; init; }

    /// <summary>The mention before, to which "two days later" refers; not found at the start of a text.</summary>
    public TimeMatch Previous { get; init; }

    public int Depth { get; init; }

    public long Today => CalendarTicks.DayOf(Reference);

    /// <summary>A token, or one of no kind outside the text.</summary>
    public TimeToken this[int i] => (uint)i < (uint)Tokens.Length ? Tokens[i] : default;

    public TimeWordKind Kind(int i) => this[i].Kind;

    /// <summary>Whether a token is there and touches the token before it.</summary>
    public bool Glued(int i) => i < Tokens.Length && this[i].Glued;

    /// <summary>The token after <paramref name="i"/> if it is of a kind, else <paramref name="i"/> itself.</summary>
    public int Skip(int i, TimeWordKind kind) => Kind(i) == kind ? i + 1 : i;

    public int Skip(int i, char mark) => this[i].Is(mark) ? i + 1 : i;

    /// <summary>Whether a clause ends before a token.</summary>
    public bool EndsClause(int i) => i >= Tokens.Length || (this[i].Kind == Punctuation && this[i].Value is '.' or ',' or ';' or '!' or '?' or ')');

    /// <summary>Whether a number stands free, and is not a piece of a longer one, a version, a price or a name.</summary>
    public bool IsFreeNumber(int i)
    {
        var token = this[i];
        if (token.Kind != TimeWordKind.Number)
        {
            return false;
        }

        if (!token.Glued)
        {
            return true;
        }

        var before = this[i - 1];
        return before.Kind == Punctuation
            && (before.Value is not ('.' or '/' or '-' or ':' or '$' or '#' or '_' or '+' or ',' or '\u20AC' or '\u00A3') || (before.Value == '-' && !before.Glued));
    }

    /// <summary>Whether more digits or letters are stuck to the end of a number.</summary>
    public bool Continues(int next) =>
        Glued(next) && (this[next].Kind != Punctuation
            || (this[next].Value is '.' or '/' or '-' or ':' or ',' && Glued(next + 1) && Kind(next + 1) == TimeWordKind.Number)
            || this[next].Value is '%' or '_');

    /// <summary>Whether a token is a year of four digits.</summary>
    public bool IsYear(int i) => Kind(i) == TimeWordKind.Number && this[i].Length == 4 && this[i].Value is >= 1000 and <= 2999 && !Continues(i + 1);

    /// <summary>The name that repeats, on the side of today that the direction asks for.</summary>
    public TimeMatch Nearest(TimeMatch match)
    {
        // Starts in the period of the reference time, so at most a few steps are needed.
        for (var i = 0; i < 2 && Direction == TimeDirection.Past && match.From > Today; i++)
        {
            match = match.Repeated(-1);
        }

        for (var i = 0; i < 2 && Direction == TimeDirection.Future && match.To <= Today; i++)
        {
            match = match.Repeated(1);
        }

        return match;
    }
}
