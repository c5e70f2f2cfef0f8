using System.Buffers;
using System.Text.RegularExpressions;

namespace MemOS.Reader.Statements;

/// <summary>
/// Tells sentences in which a user lays down how things are to be from now on: "Keep money as whole minor units everywhere", "No child may be pictured".
/// Encouragement ("Don't give up!"), guesses ("You must be tired") and single requests ("Keep the receipt") are none.
/// </summary>
/// <remarks>English. Stateless and safe for use from several threads; at most 400 characters are looked at.</remarks>
internal static partial class StandingInstructions
{
    private const int Shortest = 20;
    private const int Longest = 400;

    private const string Verbs =
        "add|address|answer|ask|assume|avoid|book|build|buy|call|change|check|choose|cite|convert|copy|count|cut|delete|drop|ensure|exclude|explain|hide|include|keep|leave|limit|list|make|"
        + "mention|mix|name|open|order|pick|plan|print|pull|push|put|quote|refer|remove|repeat|replace|reply|round|run|say|schedule|send|serve|shorten|show|sign|skip|speak|spell|start|stick|"
        + "stop|store|suggest|touch|treat|turn|use|write";

    private const string Scope =
        "only|always|never|everywhere|every|any|anything|no|not|nothing|each|without|whatever|whenever|unless|until|instead|at most|at least|by default";

    private const string Participle = @"\w+(?:ed|en|ne|wn|pt|ilt|old|st)\b";

    /// <summary>Every instruction has one of these.</summary>
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "must ", "may ", "never", "always", "do not ", "don't ", "don\u2019t ", "won't ", "won\u2019t ", "will not ", "only ", "every", "any", "no ", "not ", "nothing", "nobody", "each ",
            "without", "whatever", "whenever", "unless", "until", "instead", "at most", "at least", "by default", "has to ", "have to ", "ask for", "insist on", "expect", "prefer", "rather",
            "forbidden", "out of the question", "off limits", "taboo", "from now on", "I want ",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text may hold one. Cheap.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Signs);

    /// <summary>Whether a sentence is one.</summary>
    public static bool Is(ReadOnlySpan<char> sentence)
    {
        sentence = sentence.Trim();
        return sentence.Length is >= Shortest and <= Longest && sentence[^1] is not ('?' or '!') && MayBeIn(sentence) &&
            (Orders().IsMatch(sentence) || Binds().IsMatch(sentence) || Wishes().IsMatch(sentence));
    }

    // A verb that tells to do something, at the beginning of a clause, with a word that makes it hold for more than once.
    [GeneratedRegex(
        @"(?:^|[:;,\u2014] )(?:so |and |but |then |please,? )*(?:(?:never|always|do not|don.t|only) (?:" + Verbs + @")\b|(?:" + Verbs + @")\b(?=.*\b(?:" + Scope + @")\b))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Orders();

    // What must or may not be.
    [GeneratedRegex(
        @"\bmust (?:not\b|never\b|(?<!\b(?:you|it|that|this|he|she|they) must )be " + Participle + @"|(?!be\b|have\b|feel\b|seem\b|mean\b|look\b|know\b|get\b|take\b|say\b)\w+)|\bmay (?:not|never|only)\b|"
        + @"\b(?:no|nobody|nothing|none|no one|only)\b[^.;:?]{0,60}\bmay (?!be\b|have\b)\w+|\b(?:no|nobody|nothing)\b[^.;:?]{0,60}\bmay be " + Participle + "|"
        + @"\b(?:has|have) to (?:be \w+(?:ed|en|ne)\b|be free|work|stay|come|fit|hold|remain|end|start|carry)\b|"
        + @"\b(?:is|are) (?:forbidden|not allowed|off limits|taboo|out of the question)\b|\bfrom now on\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Binds();

    // What the speaker wants or will not have.
    [GeneratedRegex(
        @"\bI (?:only |always )?(?:ask for|insist on|expect|prefer)\b|\bI (?:only|never|always) want\b|\bI want (?:every|each|all|no|any|only)|\bI (?:will not|won.t) have\b|"
        + @"\b(?:I|we) (?:do not|don.t) want\b|\bI.d (?:rather|prefer)\b|\bnot for (?:us|me)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Wishes();
}
