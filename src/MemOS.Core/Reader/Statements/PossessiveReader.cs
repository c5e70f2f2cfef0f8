using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>Reads attributes of what belongs to the speaker: "my favourite colour is green", "my boss's name is Ann", "the deadline moved to Friday".</summary>
internal static class PossessiveReader
{
    private const int MostModifiers = 2;
    private const int LongestValue = 6;

    /// <summary>Reads what follows "my".</summary>
    public static bool TryRead(in SentenceScan scan, int at, out string attribute, out string? value)
    {
        attribute = "";
        value = null;
        if (scan.Is(at, "favorite") || scan.Is(at, "favourite") || scan.Is(at, "all-time") || scan.Is(at, "fav"))
        {
            at += scan.Is(at, "all-time") ? 2 : 1;
            int verb = Verb(scan, at, 3);
            return verb > at && Favourite(scan, at, verb, ref attribute, ref value);
        }

        return NameOf(scan, at, ref attribute, ref value) || Amount(scan, at, ref attribute, ref value);
    }

    /// <summary>Reads what follows "the", "our" or "my": an appointment and its time.</summary>
    public static bool TryReadSchedule(in SentenceScan scan, int at, out string attribute, out string? value)
    {
        attribute = "";
        value = null;
        int noun = at;
        while (noun < scan.ClauseEnd && noun <= at + MostModifiers && !scan.Tokens[noun].Is(WordClass.Schedule))
        {
            if (scan.Tokens[noun].Is(WordClass.MomentObject | WordClass.Join | WordClass.Follower | WordClass.Person))
            {
                return false;
            }

            noun++;
        }

        if (noun >= scan.ClauseEnd || noun > at + MostModifiers || !scan.Tokens[noun].Is(WordClass.Schedule))
        {
            return false;
        }

        int next = noun + 1;
        next += scan.Is(next, "date") || scan.Is(next, "time") ? 1 : 0;
        bool is_ = scan.Is(next, "is");
        bool has = scan.Is(next, "was") || scan.Is(next, "got") || (scan.Is(next, "has") && scan.Is(next + 1, "been"));
        int change = next + (is_ || has ? 1 : 0) + (scan.Is(next, "has") ? 1 : 0);
        bool now = is_ && scan.Is(change, "now");
        bool moved = !is_ && Moves(scan, change);
        if ((!is_ && !moved) || (is_ && !now && !scan.Word(noun).Equals("deadline", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        if (scan.OnlyMention(TimeDirection.Future) is not { } mention || scan.Start + mention.Start < scan.Tokens[noun].End)
        {
            return false;
        }

        attribute = scan.Value(at, noun + 1).Replace(' ', '-');
        value = (mention.Interval.From ?? mention.Interval.To)?.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return value is not null;
    }

    private static bool Moves(in SentenceScan scan, int at) =>
        scan.Is(at, "moved") || scan.Is(at, "pushed") || scan.Is(at, "rescheduled") || scan.Is(at, "postponed") || scan.Is(at, "changed") || scan.Is(at, "extended");

    private static bool Favourite(in SentenceScan scan, int at, int verb, ref string attribute, ref string? value)
    {
        int first = scan.Next(verb + 1);
        while (first < scan.ClauseEnd && (scan.Tokens[first].IsSkipped || scan.Tokens[first].Is(WordClass.Adverb)))
        {
            first++; // "is now", "is still"
        }

        bool fits = first < scan.ClauseEnd && scan.ClauseEnd - first <= LongestValue && !scan.Tokens[first].Is(WordClass.NoValue | WordClass.NoName);
        if (!fits || scan.Tokens[verb - 1].Is(WordClass.MomentObject) || IsVagueKind(scan.Word(verb - 1)))
        {
            return false;
        }

        if (!scan.IsCapital(first) && !scan.Tokens[first].IsQuoted && !scan.Tokens[verb - 1].Is(WordClass.Category))
        {
            return false;
        }

        attribute = "favourite-" + OneSpelling(scan.Value(at, verb)).Replace(' ', '-');
        value = scan.Value(first, scan.ClauseEnd);
        return true;
    }

    // The same attribute on both sides of the Atlantic.
    private static string OneSpelling(string words) =>
        words.Replace("color", "colour", StringComparison.Ordinal).Replace("flavor", "flavour", StringComparison.Ordinal).Replace("theater", "theatre", StringComparison.Ordinal);

    private static bool IsVagueKind(ReadOnlySpan<char> word) =>
        word is "part" or "thing" or "one" or "bit" or "moment" or "time" or "way" or "aspect" or "scene" or "memory" or "person" or "of";

    private static bool NameOf(in SentenceScan scan, int at, ref string attribute, ref string? value)
    {
        for (int i = at; i < scan.ClauseEnd && i <= at + MostModifiers; i++)
        {
            ReadOnlySpan<char> word = scan.Word(i);
            bool owns = word.EndsWith("'s", StringComparison.OrdinalIgnoreCase) || word.EndsWith("\u2019s", StringComparison.OrdinalIgnoreCase);
            int slot = owns && scan.Is(i + 1, "name") && scan.Is(i + 2, "is") ? i + 3
                : !owns && scan.Is(i + 1, "is") && (scan.Is(i + 2, "called") || scan.Is(i + 2, "named")) ? i + 3 : -1;
            if (slot > 0)
            {
                value = SlotReader.PersonName(scan, scan.Next(slot));
                string thing = scan.Value(at, i + 1);
                thing = owns ? thing[..^2] : thing;
                attribute = scan.Language.Classes(scan.Language.Number(thing.AsSpan(thing.LastIndexOf(' ') + 1))).HasFlag(WordClass.Several)
                    ? "" : thing.Replace(' ', '-') + "-name";
                return value is not null;
            }
        }

        return false;
    }

    private static bool Amount(in SentenceScan scan, int at, ref string attribute, ref string? value)
    {
        int noun = at < scan.ClauseEnd && scan.Tokens[at].Is(WordClass.Attribute) ? at : at + 1;
        if (noun >= scan.ClauseEnd || !scan.Tokens[noun].Is(WordClass.Attribute))
        {
            return false;
        }

        int verb = Verb(scan, noun, 4);
        int first = verb < 0 ? -1 : scan.Next(verb + 1);
        if (verb < 0 || first >= scan.ClauseEnd || scan.ClauseEnd - first > LongestValue || scan.Tokens[first].Is(WordClass.Negation))
        {
            return false;
        }

        string words = scan.Value(first, scan.ClauseEnd);
        bool figure = words.AsSpan().ContainsAnyInRange('0', '9');
        if (!figure && !(scan.Is(noun, "nationality") && scan.IsCapital(first)))
        {
            return false;
        }

        attribute = scan.Value(at, verb).Replace(' ', '-');
        value = words;
        return true;
    }

    // The verb after at least one and at most so many words.
    private static int Verb(in SentenceScan scan, int at, int most)
    {
        for (int i = at + 1; i <= at + most && i < scan.ClauseEnd; i++)
        {
            if (scan.Is(i, "is") || scan.Is(i, "are"))
            {
                return i;
            }
        }

        return -1;
    }
}
