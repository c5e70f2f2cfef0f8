using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>
/// Reads scripts. A script is lines: <c>name</c>, <c>start</c>, <c>weeks</c>, <c>blocks</c>, <c>things</c>, <c>people</c> with their values, <c>chatter</c>
/// with a line for each sentence after "- ", then items. An item is its kind, statements after "+ ", distractors after "~ ", questions after "? "; the steps
/// that answer a question may stand before it, as in <c>? 1 2 = Which came first?</c>
/// </summary>
internal static class ScriptReader
{
    /// <summary>The scripts that the tool carries, by name.</summary>
    public static ImmutableArray<TalkScript> ReadAll() =>
        [.. Resources.Names("scripts/").Select(name => Read(name, Resources.Lines(name)))];

    /// <summary>Reads one script.</summary>
    /// <exception cref="FormatException">A line is none of these.</exception>
    public static TalkScript Read(string source, IReadOnlyList<string> lines)
    {
        Dictionary<string, string> fields = [];
        List<string> chatter = [];
        List<ItemLines> items = [];
        foreach (string line in lines.Where(line => line.Length > 0 && line != "chatter"))
        {
            string rest = line.Length > 2 ? line[2..] : "";
            switch (line[0])
            {
                case '-':
                    chatter.Add(rest);
                    break;
                case '+':
                    items[^1].Steps.Add(rest);
                    break;
                case '~':
                    items[^1].Distractors.Add(rest);
                    break;
                case '?':
                    items[^1].Asks.Add(Ask(rest));
                    break;
                default:
                    int space = line.IndexOf(' ', StringComparison.Ordinal);
                    if (space < 0)
                    {
                        items.Add(new ItemLines(Enum.Parse<ItemKind>(line, ignoreCase: true)));
                    }
                    else
                    {
                        fields.Add(line[..space], line[(space + 1)..]);
                    }

                    break;
            }
        }

        return new TalkScript(
            Field("name"),
            DateOnly.Parse(Field("start"), CultureInfo.InvariantCulture),
            int.Parse(Field("weeks"), CultureInfo.InvariantCulture),
            [.. Field("blocks").Split(' ')],
            [.. Field("things").Split("; ")],
            [.. Field("people").Split("; ")],
            [.. chatter],
            [.. items.Select(item => item.Build())]);

        string Field(string name) => fields.TryGetValue(name, out string? value) ? value : throw new FormatException($"{source} has no line '{name}'.");
    }

    private static ScriptAsk Ask(string text)
    {
        string[] parts = text.Split(" = ", 2);
        return parts.Length == 2 && char.IsAsciiDigit(parts[0][0])
            ? new ScriptAsk(parts[1], [.. parts[0].Split(' ').Select(step => int.Parse(step, CultureInfo.InvariantCulture))])
            : new ScriptAsk(text, []);
    }

    private sealed record ItemLines(ItemKind Kind)
    {
        public List<string> Steps { get; } = [];

        public List<string> Distractors { get; } = [];

        public List<ScriptAsk> Asks { get; } = [];

        public ScriptItem Build() => new(Kind, [.. Steps], [.. Distractors], [.. Asks]);
    }
}
