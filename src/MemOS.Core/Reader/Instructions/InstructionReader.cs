using System.Text.RegularExpressions;

namespace MemOS.Reader.Instructions;

/// <summary>Reads what somebody says about memories ("no, on Monday, not Sunday", "change it to next Friday", "forget that I like tea") by rules, without a model.</summary>
/// <remarks>English. What no rule knows is something new that was said. Stateless and safe for use from several threads.</remarks>
public static partial class InstructionReader
{
    private const int LongestInstruction = 2_000;

    /// <summary>Reads an instruction.</summary>
    /// <param name="text">What was said; of very long texts only that something was said.</param>
    public static MemoryCall Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string said = text.Trim();
        if (said.Length > LongestInstruction)
        {
            return new MemoryCall(MemoryIntent.Supplement, "", null, said, RefersBack: false);
        }

        string body = Opening().Replace(said, "");
        bool denies = Denial().Match(body) is { Success: true } denial && (body = body[denial.Length..]).Length >= 0;
        return Forgetting(body) ?? Replacement(body) ?? Remainder(said, body, denies);
    }

    private static MemoryCall? Forgetting(string body)
    {
        if (Forget().Match(body) is not { Success: true } match)
        {
            return null;
        }

        string topic = Plain(match.Groups["topic"].Value);
        bool back = IsPronoun(topic);
        return new MemoryCall(MemoryIntent.Forget, back ? "" : topic, null, null, back);
    }

    private static MemoryCall? Replacement(string body)
    {
        if (Change().Match(body) is { Success: true } change)
        {
            string target = Plain(change.Groups["target"].Value);
            string? old = change.Groups["old"] is { Success: true } named ? Value(named.Value) : null;
            bool back = IsPronoun(target);
            if (old is null && !back && Swap().IsMatch(body))
            {
                (old, target) = (Value(target), ""); // "replace A with B" names the value itself
            }

            return new MemoryCall(MemoryIntent.Replace, back ? "" : target, old, Value(change.Groups["new"].Value), back);
        }

        if (ShouldBe().Match(body) is { Success: true } should)
        {
            string target = Plain(should.Groups["target"].Value);
            bool back = IsPronoun(target);
            string? old = should.Groups["old"] is { Success: true } given ? Value(given.Value) : null;
            return new MemoryCall(MemoryIntent.Replace, back ? "" : target, old, Value(should.Groups["new"].Value), back);
        }

        if (NotButThis().Match(body) is { Success: true } corrected)
        {
            string topic = Plain(corrected.Groups["topic"].Value);
            return new MemoryCall(MemoryIntent.Replace, topic, Value(corrected.Groups["old"].Value), Value(corrected.Groups["new"].Value), IsPronoun(topic) || topic.Length == 0);
        }

        if (ThisNotThat().Match(body) is { Success: true } contrasted)
        {
            // As many words on the left stand against those on the right: "my flight is on Monday, not Sunday".
            string old = Value(contrasted.Groups["old"].Value);
            string left = Plain(contrasted.Groups["new"].Value);
            string value = LastWords(left, old.Count(c => c == ' ') + 1);
            string topic = Plain(left[..^value.Length]);
            return new MemoryCall(MemoryIntent.Replace, topic, old, Value(value), topic.Length == 0 || IsPronoun(topic));
        }

        return null;
    }

    private static MemoryCall Remainder(string said, string body, bool denies)
    {
        string statement = body.Trim();
        if (denies || (statement.Length < said.Length && Contradiction().IsMatch(said)))
        {
            return new MemoryCall(MemoryIntent.Correct, statement, null, statement.Length > 0 ? statement : null, RefersBack: statement.Length == 0);
        }

        string added = Addition().Replace(statement, "");
        return new MemoryCall(MemoryIntent.Supplement, added, null, added.Length > 0 ? added : said, RefersBack: false);
    }

    private static bool IsPronoun(string words) => words.ToLowerInvariant() is "it" or "that" or "this" or "them" or "that one" or "this one" or "it all";

    private static string Plain(string words) => words.Trim().TrimEnd('.', '!', '?', ',', ';', ':').Trim();

    // A value without the small words and marks around it.
    private static string Value(string words) => Leading().Replace(Plain(words).Trim('"', '\'', '\u201C', '\u201D', '\u2018', '\u2019'), "");

    private static string LastWords(string text, int count)
    {
        int at = text.Length;
        for (int word = 0; word < count && at > 0; word++)
        {
            at = Math.Max(0, text.LastIndexOf(' ', at - 1));
        }

        return text[at..].TrimStart();
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    [GeneratedRegex(@"^(?:(?:no|nope|wrong|incorrect|actually|correction|sorry|wait|well|oh|ok|okay|hey|hi|please|could you|can you|would you|and)\b[\s,:;.!\u2013\u2014-]*)+", Options)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?:no|nope|wrong|incorrect|actually|correction)\b", Options)]
    private static partial Regex Contradiction();

    [GeneratedRegex(@"^(?:that|this|it)(?:['\u2019]s| is| was)(?: all| just| simply)? (?:not (?:right|true|correct|so)|wrong|incorrect|false|outdated|out of date|a mistake)\b[\s,:;.!\u2013\u2014-]*", Options)]
    private static partial Regex Denial();

    [GeneratedRegex(@"^(?:forget|delete|remove|erase|drop|discard|don['\u2019]t (?:remember|keep|store)|do not (?:remember|keep|store)|stop remembering)\s+(?:everything )?(?:the (?:fact|memory|note|part) (?:that |about )?|about |what (?:i|we) (?:said|told you) (?:about )?|that (?=\S+ ))?(?<topic>.+)$", Options)]
    private static partial Regex Forget();

    [GeneratedRegex(@"^(?:change|update|correct|replace|rename|switch|move|reschedule|set|fix|make|push|bring)\s+(?<target>.+?)\s+(?:from\s+(?<old>.+?)\s+)?(?:(?:forward |back )?to|with|into|by)\s+(?<new>[^\n]+)$|^(?:make|have)\s+(?<target>it|that|this)\s+(?<new>[^\n]+)$", Options)]
    private static partial Regex Change();

    [GeneratedRegex(@"^(?:replace|rename|switch|correct)\b", Options)]
    private static partial Regex Swap();

    [GeneratedRegex(@"^(?<target>[^.;\n]+?)\s+(?:should|must|ought to) (?:be|read|say)\s+(?<new>[^.;\n]+?)(?:,? (?:and )?(?:not|instead of|rather than)\s+(?<old>[^.;\n]+))?[.!]?$", Options)]
    private static partial Regex ShouldBe();

    [GeneratedRegex(@"^(?<topic>[^;.\n]*?)\bnot\s+(?<old>[^,;.\n]+?),?\s+but\s+(?<new>[^,;.\n]+)", Options)]
    private static partial Regex NotButThis();

    [GeneratedRegex(@"^(?<new>[^;.\n]+?)(?:,\s*(?:and )?not|,?\s+instead of|,?\s+rather than|,?\s+and not)\s+(?<old>[^,;.\n]+)[.!]?$", Options)]
    private static partial Regex ThisNotThat();

    [GeneratedRegex(@"^(?:also|in addition|additionally|plus|note that|note|remember that|remember|add that|add|by the way|btw|one more thing|for the record)\b[\s,:]*", Options)]
    private static partial Regex Addition();

    [GeneratedRegex(@"^(?:on|at|in|to|for|from|by|the|a|an)\s+", Options)]
    private static partial Regex Leading();
}
