using System.Collections.Frozen;

namespace MemOS.Reader.Statements;

/// <summary>The words and rules of one language, compiled for reading: a vocabulary and a tree of patterns.</summary>
/// <remarks>
/// A pattern is words with one space between; <c>a|b</c> is a choice, <c>_</c> joins the words of one choice, an empty choice makes it optional.
/// Immutable, hence thread-safe.
/// </remarks>
internal sealed class StatementLanguage
{
    private const int MostWords = 1 << 12;
    private const int LongestWord = 32;

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;
    private readonly WordClass[] _classes;
    private readonly FrozenDictionary<int, int> _steps;
    private readonly StatementRule[]?[] _rules;

    public StatementLanguage(IReadOnlyDictionary<WordClass, string> words, IReadOnlyList<(string Pattern, StatementRule Rule)> rules)
    {
        Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
        List<WordClass> classes = [WordClass.None];
        foreach ((WordClass wordClass, string list) in words)
        {
            foreach (string word in list.Split(' '))
            {
                classes[Number(word)] |= wordClass;
            }
        }

        Dictionary<int, int> steps = [];
        List<List<StatementRule>?> atNode = [null];
        foreach ((string pattern, StatementRule rule) in rules)
        {
            foreach (string[] sequence in Expand(pattern))
            {
                int node = 0;
                foreach (string word in sequence)
                {
                    int key = (node * MostWords) + Number(word);
                    if (!steps.TryGetValue(key, out int next))
                    {
                        next = atNode.Count;
                        atNode.Add(null);
                        steps.Add(key, next);
                    }

                    node = next;
                }

                (atNode[node] ??= []).Add(rule);
            }
        }

        _numbers = numbers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _classes = [.. classes];
        _steps = steps.ToFrozenDictionary();
        _rules = [.. atNode.Select(list => list?.ToArray())];

        int Number(string word)
        {
            if (!numbers.TryGetValue(word, out int number))
            {
                number = classes.Count;
                numbers.Add(word, number);
                classes.Add(WordClass.None);
            }

            return number < MostWords ? number : throw new ArgumentException($"More than {MostWords} words.", nameof(words));
        }
    }

    /// <summary>The number of a word, without regard to case; 0 when no rule knows it. A curved apostrophe counts as a straight one.</summary>
    public int Number(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord)
        {
            return 0;
        }

        if (word.Contains('\u2019'))
        {
            Span<char> straight = stackalloc char[LongestWord];
            word.Replace(straight, '\u2019', '\'');
            return _numbers.TryGetValue(straight[..word.Length], out int number) ? number : 0;
        }

        return _numbers.TryGetValue(word, out int found) ? found : 0;
    }

    /// <summary>What a word can be.</summary>
    public WordClass Classes(int word) => _classes[word];

    /// <summary>The node after a word, or -1. The tree begins at node 0.</summary>
    public int Step(int node, int word) => word > 0 && _steps.TryGetValue((node * MostWords) + word, out int next) ? next : -1;

    /// <summary>The rules whose patterns end at a node.</summary>
    public ReadOnlySpan<StatementRule> Rules(int node) => _rules[node];

    private static List<string[]> Expand(string pattern)
    {
        List<string[]> sequences = [[]];
        foreach (string part in pattern.Split(' '))
        {
            sequences = [.. sequences.SelectMany(before => part.Split('|').Select(choice =>
                (string[])(choice.Length == 0 ? before : [.. before, .. choice.Split('_')])))];
        }

        return sequences;
    }
}
