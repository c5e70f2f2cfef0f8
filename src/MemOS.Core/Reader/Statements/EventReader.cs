using MemOS.Cubes;
using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>Reads what the speaker did or is going to do at a time that the clause names.</summary>
internal static class EventReader
{
    public static bool TryRead(in SentenceScan scan, StatementRule rule, int at, out ClauseReading reading)
    {
        reading = default;
        if (scan.Mentions.Count == 0 || at >= scan.ClauseEnd || !IsVerb(scan, rule, at))
        {
            return false;
        }

        bool past = rule.Kind is RuleKind.PastEvent;
        if (scan.OnlyMention(past ? TimeDirection.Past : TimeDirection.Future) is not { Interval: { From: { } from, To: { } to } interval } mention
            || mention.Granularity is TimeGranularity.Decade)
        {
            return false;
        }

        bool fits = past
            ? from < scan.Reference
            : to > scan.Reference && (from > scan.Reference || mention.Granularity is TimeGranularity.PartOfDay
                || (mention.Granularity is TimeGranularity.Day && rule.Slot is not SlotKind.IngVerb));
        if (!fits)
        {
            return false;
        }

        reading = new ClauseReading(SemanticType.Event, "", null, interval, null, false, false);
        return true;
    }

    private static bool IsVerb(in SentenceScan scan, StatementRule rule, int at)
    {
        StatementToken token = scan.Tokens[at];
        ReadOnlySpan<char> word = scan.Word(at);
        return rule.Slot switch
        {
            SlotKind.PastVerb => token.Is(WordClass.Past)
                || (word.Length > 3 && word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && !token.Is(WordClass.NoAction)),
            SlotKind.IngVerb => word.Length > 4 && word.EndsWith("ing", StringComparison.OrdinalIgnoreCase) && !token.Is(WordClass.NoAction)
                && !(scan.Is(at, "going") && scan.Is(at + 1, "to") && at + 2 < scan.ClauseEnd && scan.Tokens[at + 2].Is(WordClass.Phrase)),
            SlotKind.PlanVerb => token.Is(WordClass.Plan),
            _ => scan.MentionAt(at) is null,
        };
    }
}
