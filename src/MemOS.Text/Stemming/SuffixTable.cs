using System.Buffers;

namespace MemOS.Text.Stemming;

/// <summary>The suffixes of one step of a stemmer, in numbered groups that are treated alike.</summary>
internal sealed class SuffixTable
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _groups;
    private readonly SearchValues<char> _lastLetters;
    private readonly int _longest;

    /// <summary>Makes a table.</summary>
    /// <param name="groups">The suffixes of each group, separated by spaces; the first group has the number 1.</param>
    public SuffixTable(params ReadOnlySpan<string> groups)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (var group = 0; group < groups.Length; group++)
        {
            foreach (var suffix in groups[group].Split(' '))
            {
                numbers.Add(suffix, group + 1);
            }
        }

        _groups = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        _lastLetters = SearchValues.Create([.. numbers.Keys.Select(suffix => suffix[^1]).Distinct()]);
        _longest = numbers.Keys.Max(suffix => suffix.Length);
    }

    /// <summary>Finds the longest suffix that a word ends in.</summary>
    /// <param name="word">The word.</param>
    /// <param name="from">Where the suffix may begin at the earliest.</param>
    /// <param name="start">Where it begins.</param>
    /// <returns>The number of its group; 0 when there is none.</returns>
    public int Find(ReadOnlySpan<char> word, int from, out int start)
    {
        if (!word.IsEmpty && _lastLetters.Contains(word[^1]))
        {
            for (start = Math.Max(from, word.Length - _longest); start < word.Length; start++)
            {
                if (_groups.TryGetValue(word[start..], out var group))
                {
                    return group;
                }
            }
        }

        start = word.Length;
        return 0;
    }
}
