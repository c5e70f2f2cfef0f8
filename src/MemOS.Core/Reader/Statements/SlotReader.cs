using System.Globalization;
using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>Reads what has to follow the words of a rule, and says no where it is not sure.</summary>
internal static class SlotReader
{
    private const int LongestObject = 14;
    private const int LongestInstruction = 30;

    /// <summary>Reads the slot of a fact, a preference or an instruction.</summary>
    public static bool TryRead(in SentenceScan scan, StatementRule rule, int at, out string? value)
    {
        value = rule.Value;
        at = scan.Next(at);
        switch (rule.Slot)
        {
            case SlotKind.Fixed:
                return Closes(scan, at);
            case SlotKind.FixedTo:
                return Closes(scan, at) && (!scan.Is(at, "to") || (at + 1 < scan.ClauseEnd && scan.IsCapital(at + 1)))
                    && !scan.Is(at, "in") && !scan.Is(at, "with") && !scan.Is(at, "as");
            case SlotKind.Name:
                return (value = Name(scan, at, 5)) is not null;
            case SlotKind.Place:
                return (value = Place(scan, rule, at)) is not null;
            case SlotKind.PersonName:
                return (value = PersonName(scan, at)) is not null;
            case SlotKind.Age:
                return (value = Age(scan, at)) is not null;
            case SlotKind.Date:
                value = scan.OnlyMention(TimeDirection.Past) is { Granularity: TimeGranularity.Day, Interval.From: { } day }
                    ? day.ToString("MM-dd", CultureInfo.InvariantCulture) : null;
                return value is not null;
            case SlotKind.Email:
                return (value = Contact.Email(scan, at)) is not null;
            case SlotKind.Phone:
                return (value = Contact.Phone(scan, at)) is not null;
            case SlotKind.KnownOccupation:
                return (value = Occupation(scan, at, known: true)) is not null;
            case SlotKind.Occupation:
                return (value = Occupation(scan, at, known: false)) is not null;
            case SlotKind.Several:
                return (value = Several(scan, at)) is not null;
            case SlotKind.Played:
                value = at < scan.ClauseEnd && scan.Tokens[at].Is(WordClass.Played) && Closes(scan, at + 1) ? scan.Value(at, at + 1) : null;
                return value is not null;
            case SlotKind.Liked:
                return (value = Liked(scan, at, mayName: false)) is not null;
            case SlotKind.Preferred:
                return (value = Liked(scan, at, mayName: true)) is not null;
            case SlotKind.Words:
            case SlotKind.Instructed:
                return (value = Words(scan, rule, at)) is not null;
            default:
                return false;
        }
    }

    /// <summary>Whether a value may end before the given token.</summary>
    public static bool Closes(in SentenceScan scan, int at)
    {
        at = scan.Next(at);
        return at >= scan.ClauseEnd || scan.Tokens[at].Is(WordClass.Follower | WordClass.Join | WordClass.Adverb) || scan.MentionAt(at) is not null;
    }

    /// <summary>A run of capitalised words that names something and ends where a value may end; null else.</summary>
    public static string? Name(in SentenceScan scan, int at, int most)
    {
        if (scan.Is(at, "the"))
        {
            at++;
        }

        int end = NameEnd(scan, at, most);
        return end > at && Closes(scan, end) ? scan.Value(at, end) : null;
    }

    /// <summary>The name of a person; null else.</summary>
    public static string? PersonName(in SentenceScan scan, int at)
    {
        int end = NameEnd(scan, at, 3);
        return end > at && Closes(scan, end) && scan.Word(at).ContainsAnyInRange('a', 'z') ? scan.Value(at, end) : null;
    }

    private static int NameEnd(in SentenceScan scan, int at, int most)
    {
        // In a sentence that shouts, capitals tell nothing.
        if (at >= scan.ClauseEnd || (at > 0 && scan.Word(at - 1) is { Length: > 1 } before && !before.ContainsAnyInRange('a', 'z') && before.ContainsAnyInRange('A', 'Z')))
        {
            return at;
        }

        int end = at;
        while (end < scan.ClauseEnd && end - at < most)
        {
            if (scan.IsCapital(end) && !scan.Tokens[end].Is(WordClass.NoName) && scan.MentionAt(end) is null)
            {
                end++;
            }
            else if (end > at && end + 1 < scan.ClauseEnd && scan.Tokens[end].Is(WordClass.NameLink) && scan.IsCapital(end + 1))
            {
                end += 2;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static string? Place(in SentenceScan scan, StatementRule rule, int at)
    {
        if (scan.Is(at, "the"))
        {
            at++;
        }

        int end = NameEnd(scan, at, 4);
        if (end == at || !Closes(scan, end) || (scan.Is(end, "for") && !rule.NeedsSince && IsStay(scan, end + 1)))
        {
            return null;
        }

        // "Portland, Oregon": the next clause is one capitalised name and nothing else.
        if (end == scan.ClauseEnd && end < scan.Tokens.Length && scan.Tokens[end].Break == ',' && scan.IsCapital(end)
            && !scan.Tokens[end].Is(WordClass.NoName | WordClass.Person | WordClass.Opener)
            && (end + 1 == scan.Tokens.Length || scan.Tokens[end + 1].Break != '\0'))
        {
            end++;
        }

        return scan.Value(at, end);
    }

    private static bool IsStay(in SentenceScan scan, int at) =>
        scan.Is(at, "a") || scan.Is(at, "an") || scan.Is(at, "the") || scan.Is(at, "few") || (at < scan.ClauseEnd && char.IsAsciiDigit(scan.Word(at)[0]))
        || (at < scan.ClauseEnd && scan.MentionAt(at) is not null) || scan.Is(at, "two") || scan.Is(at, "three");

    private static string? Age(in SentenceScan scan, int at)
    {
        if (at >= scan.ClauseEnd || !int.TryParse(scan.Word(at), NumberStyles.None, CultureInfo.InvariantCulture, out int years) || years is < 1 or > 120)
        {
            return null;
        }

        int next = scan.Next(at + 1);
        bool old = (scan.Is(next, "years") || scan.Is(next, "year") || scan.Is(next, "yrs")) && scan.Is(next + 1, "old");
        bool bare = next >= scan.ClauseEnd || scan.Tokens[next].Is(WordClass.Join | WordClass.Adverb) || scan.Is(next, "today")
            || (scan.MentionAt(next) is not null && scan.MentionAt(at) is null);
        bool percent = scan.Tokens[at].End < scan.Text.Length && scan.Text[scan.Tokens[at].End] is '%' or '°' or '+';
        return old || (bare && years >= 10 && !percent) ? years.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static string? Occupation(in SentenceScan scan, int at, bool known)
    {
        int end = at;
        while (end < scan.ClauseEnd && end - at < 4 && !Closes(scan, end) && !scan.Tokens[end].Is(WordClass.MomentObject | WordClass.NoValue | WordClass.Person))
        {
            bool last = scan.Tokens[end].Is(WordClass.Occupation);
            end++;
            if (last && known && Closes(scan, end))
            {
                break;
            }
        }

        bool sure = end > at && Closes(scan, end) && (!known || scan.Tokens[end - 1].Is(WordClass.Occupation))
            && !scan.Is(end + 1, "heart") && !IsFormer(scan.Word(at));
        return sure ? scan.Value(at, end) : null;
    }

    private static bool IsFormer(ReadOnlySpan<char> word) =>
        word is "former" or "retired" or "aspiring" or "bad" or "terrible" or "wannabe" or "horrible" or "lousy" or "decent" or "natural" or "big" or "slow"
            or "fast" or "hopeless" or "bit" or "lifelong" or "better" or "worse";

    private static string? Several(in SentenceScan scan, int at)
    {
        for (int i = at; i < scan.ClauseEnd && i < at + 4; i++)
        {
            int next = i + 1;
            bool named = scan.Is(next, "named") || scan.Is(next, "called");
            if (named && next + 1 < scan.ClauseEnd && scan.IsCapital(next + 1))
            {
                return scan.Value(at, scan.ClauseEnd);
            }

            if (scan.Tokens[i].Is(WordClass.Several))
            {
                return next >= scan.ClauseEnd || scan.Tokens[next].Is(WordClass.Join) ? scan.Value(at, next) : null;
            }
        }

        return null;
    }

    private static string? Liked(in SentenceScan scan, int at, bool mayName)
    {
        if (at >= scan.ClauseEnd || scan.ClauseEnd - at > LongestObject || scan.Tokens[at].Is(WordClass.MomentObject | WordClass.Negation)
            || scan.Is(at, "a") || scan.Is(at, "an")
            || (scan.Is(at, "the") && (at + 1 >= scan.ClauseEnd || (!scan.Tokens[at + 1].Is(WordClass.General) && !(mayName && IsInGeneral(scan, at + 1)))))
            || (scan.Is(at, "to") && (at + 1 >= scan.ClauseEnd || scan.Tokens[at + 1].Is(WordClass.Phrase | WordClass.MomentObject | WordClass.Negation))))
        {
            return null;
        }

        for (int i = at; i < scan.ClauseEnd; i++)
        {
            bool pointing = scan.Tokens[i].Is(WordClass.Pointing) && !scan.Is(i, "that") && !scan.Is(i, "below") && !scan.Is(i, "above");
            if (pointing || scan.Is(i, "you") || scan.Is(i, "your") || scan.Is(i, "you're") || scan.Tokens[i].Is(WordClass.Reaction))
            {
                return null;
            }
        }

        return scan.Value(at, scan.ClauseEnd);
    }

    // "The train with a dining car" may be meant of any; "the second one" and "the Rome trip" are of the moment.
    private static bool IsInGeneral(in SentenceScan scan, int from)
    {
        for (int i = from; i < scan.ClauseEnd; i++)
        {
            if (scan.Tokens[i].Is(WordClass.Choice | WordClass.MomentObject) || scan.IsCapital(i) || scan.Tokens[i].IsQuoted || scan.MentionAt(i) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Words(in SentenceScan scan, StatementRule rule, int at)
    {
        bool instruction = rule.Kind is RuleKind.Instruction;
        int end = instruction ? scan.Tokens.Length : scan.ClauseEnd;
        if (at >= end || end - at > LongestInstruction || scan.Tokens[at].IsQuoted || (rule.Slot is SlotKind.Instructed && !scan.Tokens[at].Is(WordClass.Instruction)))
        {
            return null;
        }

        if (scan.Tokens[at].Is(WordClass.Person) && scan.Word(at)[0] is 'i' or 'I' or 'w' or 'W')
        {
            return null;
        }

        for (int i = at; i < end; i++)
        {
            if (scan.Tokens[i].Is(WordClass.Pointing) || (!instruction && scan.Tokens[i].Is(WordClass.MomentObject)))
            {
                return null;
            }
        }

        return scan.Value(at, end);
    }
}
