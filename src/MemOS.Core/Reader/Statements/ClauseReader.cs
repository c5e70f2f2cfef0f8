using MemOS.Cubes;
using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>Finds the limits of clauses and tries the rules on a clause.</summary>
internal static class ClauseReader
{
    private const int MostRules = 16;

    /// <summary>The token after the clause that begins at the given one: punctuation ends it, and a conjunction before a first person.</summary>
    public static int End(in SentenceScan scan, int first)
    {
        for (int i = first + 1; i < scan.Tokens.Length; i++)
        {
            StatementToken token = scan.Tokens[i];
            if (token.Break != '\0' && !IsWithinMention(scan, i))
            {
                return i;
            }

            if (token.Is(WordClass.Join) && i + 1 < scan.Tokens.Length && scan.Tokens[i + 1].Is(WordClass.Person))
            {
                return i;
            }
        }

        return scan.Tokens.Length;
    }

    /// <summary>The first token that a rule may begin with: after openers and a leading time; the clause's end when there is nothing else.</summary>
    public static int Begin(in SentenceScan scan, int first)
    {
        int at = first;
        while (at < scan.ClauseEnd)
        {
            StatementToken token = scan.Tokens[at];
            if (scan.MentionAt(at) is not null || token.Is(WordClass.Opener | WordClass.Adverb))
            {
                at++;
            }
            else if (at + 1 < scan.ClauseEnd && scan.Word(at) is "In" or "On" or "At" or "in" or "on" or "at" && scan.MentionAt(at + 1) is not null)
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Tries the rules, those with the longest patterns first.</summary>
    public static bool TryRead(in SentenceScan scan, int begin, Message message, out ClauseReading reading)
    {
        bool ended = SetEndingAside(scan, begin);
        Span<int> nodes = stackalloc int[MostRules];
        Span<int> places = stackalloc int[MostRules];
        int count = 0;
        int node = 0;
        int at = begin;
        while (at < scan.ClauseEnd)
        {
            StatementToken token = scan.Tokens[at];
            int next = token.IsSkipped ? node : scan.Language.Step(node, token.Word);
            if (next < 0 && node > 0 && token.Is(WordClass.Adverb) && token.Break == '\0')
            {
                next = node;
            }

            if (next < 0 || token.IsQuoted)
            {
                break;
            }

            at++;
            if (next != node && scan.Language.Rules(next).Length > 0 && count < MostRules)
            {
                nodes[count] = next;
                places[count++] = at;
            }

            node = next;
        }

        while (count-- > 0)
        {
            foreach (StatementRule rule in scan.Language.Rules(nodes[count]))
            {
                if (TryRule(scan, rule, begin, places[count], message, ended, out reading))
                {
                    return true;
                }
            }
        }

        reading = default;
        return false;
    }

    private static bool TryRule(
        in SentenceScan scan, StatementRule rule, int begin, int at, Message message, bool ended, out ClauseReading reading)
    {
        reading = default;
        while (at < scan.ClauseEnd && (scan.Tokens[at].IsSkipped || (scan.Tokens[at].Is(WordClass.Adverb) && scan.Tokens[at].Break == '\0')))
        {
            at++;
        }

        if (rule.Kind is not RuleKind.Instruction && IsDenied(scan, at))
        {
            return false;
        }

        if (rule.Kind is RuleKind.PastEvent or RuleKind.FutureEvent)
        {
            return !ended && EventReader.TryRead(scan, rule, at, out reading);
        }

        string attribute = rule.Attribute;
        string? value;
        switch (rule.Kind)
        {
            case RuleKind.Possessive when PossessiveReader.TryRead(scan, at, out attribute, out value):
            case RuleKind.Schedule when PossessiveReader.TryReadSchedule(scan, at, out attribute, out value):
                break;
            case RuleKind.Possessive or RuleKind.Schedule:
                return false;
            default:
                if (!SlotReader.TryRead(scan, rule, at, out value))
                {
                    return false;
                }

                break;
        }

        if (rule.Kind is RuleKind.Instruction && (ended || message.Role != MessageRole.User || !IsStanding(scan, rule, begin)))
        {
            return false;
        }

        if (Validity(scan, rule) is not { } valid)
        {
            return false;
        }

        bool preference = rule.Kind is RuleKind.Like or RuleKind.Dislike or RuleKind.Instruction;
        string? tag = ended && rule.Kind is RuleKind.Like ? "dislike" : rule.Tag;
        if (ended && rule.Kind is RuleKind.Dislike && !rule.IsNegated)
        {
            return false; // "I no longer hate it" is not a liking
        }

        reading = new ClauseReading(
            preference ? SemanticType.Preference : SemanticType.Fact, attribute, value, valid, tag, ended || rule.IsNegated, rule.Kind is RuleKind.Instruction);
        return true;
    }

    // "Always" and "never" instruct somebody only when they say so.
    private static bool IsStanding(in SentenceScan scan, StatementRule rule, int begin)
    {
        if (rule.Slot is not SlotKind.Instructed)
        {
            return true;
        }

        for (int i = begin; i < scan.Tokens.Length; i++)
        {
            if (scan.Word(i) is var word && (word.Equals("please", StringComparison.OrdinalIgnoreCase) || word is "me" or "answer" or "reply" or "respond"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDenied(in SentenceScan scan, int from)
    {
        for (int i = from; i < scan.ClauseEnd; i++)
        {
            if (!scan.Tokens[i].IsSkipped && scan.Tokens[i].Is(WordClass.Negation))
            {
                return true;
            }
        }

        return false;
    }

    // From the time said, unless the words name the beginning.
    private static TimeInterval? Validity(in SentenceScan scan, StatementRule rule)
    {
        foreach (TimeMention mention in scan.Mentions)
        {
            int at = scan.Start + mention.Start;
            bool here = at >= scan.Tokens[scan.ClauseLead].Start && at < scan.ClauseEndsAt;
            if (here && mention.Interval.From is { } since && since < scan.Reference
                && scan.Text.AsSpan(at).StartsWith("since", StringComparison.OrdinalIgnoreCase))
            {
                return new TimeInterval(since, null);
            }
        }

        if (rule.NeedsSince)
        {
            return null;
        }

        bool named = rule.Begins && scan.OnlyMention(TimeDirection.Past) is { Interval.From: { } began } && began < scan.Reference;
        return new TimeInterval(named ? scan.OnlyMention(TimeDirection.Past)?.Interval.From : scan.Reference, null);
    }

    // "No longer" and "not ... anymore": sets the words aside, so that the rules read what has ended.
    private static bool SetEndingAside(in SentenceScan scan, int begin)
    {
        bool ended = false;
        for (int i = begin; i < scan.ClauseEnd; i++)
        {
            int length = scan.Is(i, "no") && scan.Is(i + 1, "longer") ? 2
                : scan.Is(i, "anymore") ? 1
                : scan.Is(i, "any") && (scan.Is(i + 1, "more") || scan.Is(i + 1, "longer")) ? 2 : 0;
            if (length == 0)
            {
                continue;
            }

            if (length == 2 && scan.Is(i, "no"))
            {
                ended = true;
            }
            else if (Denial(scan, begin, i) is var denial && denial >= 0)
            {
                ended = true;
                scan.Tokens[denial].IsSkipped = true;
                if (scan.Is(denial, "not") && denial > begin && scan.Is(denial - 1, "do"))
                {
                    scan.Tokens[denial - 1].IsSkipped = true;
                }
            }
            else
            {
                return false;
            }

            for (int j = i; j < i + length; j++)
            {
                scan.Tokens[j].IsSkipped = true;
            }
        }

        return ended;
    }

    private static int Denial(in SentenceScan scan, int begin, int before)
    {
        for (int i = begin; i < before; i++)
        {
            if (scan.Is(i, "don't") || scan.Is(i, "don\u2019t") || scan.Is(i, "dont") || scan.Is(i, "not"))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsWithinMention(in SentenceScan scan, int token)
    {
        foreach (TimeMention mention in scan.Mentions)
        {
            int from = scan.Start + mention.Start;
            if (scan.Tokens[token].Start > from && scan.Tokens[token].Start < from + mention.Length)
            {
                return true;
            }
        }

        return false;
    }
}
