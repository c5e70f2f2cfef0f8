using System.Globalization;
using System.Text.RegularExpressions;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>Fills the gaps of a sentence: <c>&lt;thing&gt;</c> (also as <c>&lt;Thing&gt;</c> and <c>&lt;thing_&gt;</c> in code), <c>&lt;person&gt;</c>, <c>&lt;n&gt;</c>, <c>&lt;clock&gt;</c>.</summary>
internal sealed partial class SlotFiller(TalkScript script, Dice dice)
{
    /// <summary>A sentence with its gaps filled; a choice as in <c>[big|large]</c> is made first.</summary>
    public string Sentence(string template) => Line(Choice().Replace(template, match => dice.Pick(match.Groups[1].Value.Split('|'))));

    /// <summary>A line of a block: as a sentence, without choices, for code has brackets of its own.</summary>
    public string Line(string template)
    {
        string filled = Slot().Replace(template, match => match.Value switch
        {
            "<thing>" => dice.Pick(script.Things),
            "<Thing>" => Pascal(dice.Pick(script.Things)),
            "<thing_>" => Snake(dice.Pick(script.Things)),
            "<person>" => dice.Pick(script.People),
            "<clock>" => string.Create(CultureInfo.InvariantCulture, $"{dice.Between(7, 20):00}:{dice.Between(0, 59):00}"),
            _ => dice.Between(2, 48).ToString(CultureInfo.InvariantCulture),
        });
        return filled.Length > 0 && template[0] == '<' && template.StartsWith("<person>", StringComparison.Ordinal) ? char.ToUpperInvariant(filled[0]) + filled[1..] : filled;
    }

    private static string Pascal(string thing) =>
        string.Concat(thing.Split(' ', '-', '\'').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Snake(string thing) => thing.Replace('\'', ' ').Replace('-', ' ').Replace("  ", " ", StringComparison.Ordinal).Replace(' ', '_').ToLowerInvariant();

    [GeneratedRegex(@"\[([^\[\]]*\|[^\[\]]*)\]")]
    private static partial Regex Choice();

    [GeneratedRegex("<(thing|Thing|thing_|person|clock|n)>")]
    private static partial Regex Slot();
}
