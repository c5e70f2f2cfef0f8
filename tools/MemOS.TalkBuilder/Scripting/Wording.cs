using System.Collections.Immutable;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>The sentences that talks of one side of the split are padded with, by section. The sides share none, so that nothing learnt on one shows on the other.</summary>
internal sealed class Wording
{
    private readonly Dictionary<string, ImmutableArray<string>> _sections = new(StringComparer.Ordinal);

    private Wording(params IEnumerable<string> sources)
    {
        foreach (string source in sources)
        {
            string section = "";
            foreach (string line in Resources.Lines(source))
            {
                if (line.StartsWith("## ", StringComparison.Ordinal))
                {
                    section = line[3..];
                    _sections.Add(section, []);
                }
                else if (line.Length > 0)
                {
                    _sections[section] = _sections[section].Add(line);
                }
            }
        }
    }

    /// <summary>The wording of a side: <c>dev</c> or <c>held-out</c>. Code reads alike on both.</summary>
    public static Wording Of(string side) => new($"wordings/{side}", "wordings/code");

    /// <summary>The lines of a section.</summary>
    public ImmutableArray<string> this[string section] => _sections[section];
}
