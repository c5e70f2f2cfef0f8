using System.Collections.Frozen;
using System.Globalization;
using MemOS.Text;
using MemOS.Reader.Time;

namespace MemOS.Operator;

/// <summary>What near duplicates are compared by.</summary>
/// <param name="Guard">
/// What must be equal: figures, names, the times meant, denials, and the small words that turn a sense round (from, without, before, my, could, rarely).
/// </param>
/// <param name="Terms">The stems of the content words that remain, in order.</param>
internal sealed record StatementShape(string Guard, IReadOnlyList<string> Terms)
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Turning = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ("not no never none nobody nothing neither nor cannot without hardly barely rarely seldom scarcely almost nearly sometimes often usually always only "
        + "from before after under over up down out off against until since during between except instead both either "
        + "my your his her its our their me you him us them he she they we "
        + "can could will would shall should must might may was were had been used former ex half double "
        + "all some any more most less least few each other same every many much too enough once twice "
        + "first second third last next old new left right big small good bad hot cold day night "
        + "one two three four five six seven eight nine ten eleven twelve dozen hundred thousand").Split(' ')).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Filling = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ("really very so just also still actually definitely absolutely totally truly honestly quite basically well oh hey yes yeah ok okay and but because the a an "
        + "particularly especially simply certainly indeed personally currently now btw please haha lol wow hi hello").Split(' '))
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The shape of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="said">When it was said.</param>
    /// <param name="continues">Whether the text begins in the middle of a sentence, so that a capital at its beginning tells of a name.</param>
    public static StatementShape Of(string text, DateTimeOffset said, bool continues = false)
    {
        List<string> guard = [];
        List<string> terms = [];
        TermListSink sink = new(terms);
        IReadOnlyList<TimeMention> mentions = TimeExpressionParser.Parse(text, said);
        foreach (TimeMention mention in mentions)
        {
            guard.Add(mention.Interval.ToString());
        }

        int at = 0;
        bool first = !continues;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                first |= text[at] is '.' or '!' or '?';
                guard.AddRange(text[at] is '%' or '$' or '€' or '£' ? [text[at].ToString()] : []);
                at++;
                continue;
            }

            int end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '\'' or '\u2019' or '.' or ',' or ':' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))))
            {
                end++;
            }

            ReadOnlySpan<char> word = text.AsSpan(at, end - at);
            bool counts = !IsTimed(mentions, at) && !Filling.Contains(word);
            bool guards = word.ContainsAnyInRange('0', '9') || Turning.Contains(word) || IsDenial(word) || (char.IsUpper(word[0]) && !first && !IsFirstPerson(word));
            if (counts && guards)
            {
                guard.Add(word.ToString().ToLower(CultureInfo.InvariantCulture));
            }
            else if (counts)
            {
                TextAnalyzer.Analyze(word, ref sink);
            }

            first = false;
            at = end;
        }

        return new StatementShape(string.Join(' ', guard), terms);
    }

    private static bool IsDenial(ReadOnlySpan<char> word) =>
        word.EndsWith("n't", StringComparison.OrdinalIgnoreCase) || word.EndsWith("n\u2019t", StringComparison.OrdinalIgnoreCase);

    private static bool IsFirstPerson(ReadOnlySpan<char> word) => word[0] == 'I' && (word.Length == 1 || word[1] is '\'' or '\u2019');

    private static bool IsTimed(IReadOnlyList<TimeMention> mentions, int at)
    {
        foreach (TimeMention mention in mentions)
        {
            if (at >= mention.Start && at < mention.Start + mention.Length)
            {
                return true;
            }
        }

        return false;
    }
}
