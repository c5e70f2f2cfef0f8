using System.Collections.Frozen;
using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>The words of the time grammar.</summary>
internal static class TimeVocabulary
{
    private const int Longest = 12;

    private static readonly FrozenDictionary<string, (TimeWordKind Kind, int Value)>.AlternateLookup<ReadOnlySpan<char>> Words =
        Build().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a word means, in any case; <see cref="TimeWordKind.Other"/> for a word that is not in the grammar.</summary>
    public static (TimeWordKind Kind, int Value) Find(ReadOnlySpan<char> word) =>
        word.Length <= Longest && Words.TryGetValue(word, out var found) ? found : default;

    /// <summary>Whether an expression without digits can only exist where such a word stands.</summary>
    public static bool IsTrigger(TimeWordKind kind) => kind is >= Weekday and <= Tonight;

    private static Dictionary<string, (TimeWordKind Kind, int Value)> Build()
    {
        var words = new Dictionary<string, (TimeWordKind, int)>(StringComparer.OrdinalIgnoreCase);
        Number(Weekday, 0, "monday tuesday wednesday thursday friday saturday sunday");
        Number(WeekdayShort, 0, "mon tue wed thu fri sat sun");
        Same(WeekdayShort, 1, "tues");
        Same(WeekdayShort, 3, "thur thurs");
        Number(Month, 1, "january february march april may june july august september october november december");
        Number(MonthShort, 1, "jan feb mar apr . jun jul aug sep oct nov dec");
        Same(MonthShort, 9, "sept");
        Number(Unit, 0, "minute hour day week weekend month year decade");
        Number(Unit, 0, "minutes hours days weeks weekends months years decades");
        Number(Unit, 0, "min hr");
        Number(Unit, 0, "mins hrs");
        Number(Season, 0, "winter spring summer autumn");
        Same(Season, 3, "fall");
        Number(PartOfDay, 0, "morning afternoon evening night");
        Same(Today, 0, "today");
        Same(Today, -1, "yesterday");
        Same(Today, 1, "tomorrow");
        Same(Tonight, 0, "tonight");
        Number(Cardinal, 1, "one two three four five six seven eight nine ten eleven twelve");
        Number(Ordinal, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth");
        Same(Quantity, 3, "few");
        Same(Quantity, 5, "several");
        Same(Couple, 2, "couple");
        Same(OrdinalSuffix, 0, "st nd rd th");
        Same(DecadeSuffix, 0, "s");
        Same(Meridiem, 0, "am");
        Same(Meridiem, 12, "pm");
        Same(Noon, 12, "noon midday");
        Same(Noon, 0, "midnight");
        Same(Early, 0, "early");
        Same(Mid, 1, "mid");
        Same(Late, 2, "late");
        Same(Early, 10, "beginning start");
        Same(Mid, 11, "middle");
        Same(Late, 12, "end");
        Same(Counted, 0, "floor time attempt try page grade place row anniversary birthday street avenue level century hole");
        Same(Article, 1, "a an");
        Same(Until, 0, "until till");
        Same(During, 0, "during throughout");
        Same(Around, 0, "around about");
        Same(Next, 0, "next coming upcoming");
        Same(Every, 0, "every each");
        Same(To, 0, "to through");
        Same(In, 0, "in");
        foreach (var (kind, word) in new[]
        {
            (TimeWordKind.Half, "half"), (Last, "last"), (This, "this"), (Past, "past"), (Following, "following"), (Ago, "ago"), (Later, "later"),
            (Earlier, "earlier"), (Now, "now"), (Than, "than"), (Back, "back"), (OtherDay, "other"), (Before, "before"), (After, "after"),
            (Since, "since"), (By, "by"), (Between, "between"), (And, "and"), (From, "from"), (On, "on"), (At, "at"), (Of, "of"),
            (The, "the"), (T, "t"), (Over, "over"), (Zulu, "z"), (MeridiemP, "p"), (MeridiemM, "m"),
        })
        {
            words[word] = (kind, 0);
        }

        words.Remove(".");
        return words;

        void Number(TimeWordKind kind, int first, string list)
        {
            foreach (var word in list.Split(' '))
            {
                words[word] = (kind, first++);
            }
        }

        void Same(TimeWordKind kind, int value, string list)
        {
            foreach (var word in list.Split(' '))
            {
                words[word] = (kind, value);
            }
        }
    }
}
