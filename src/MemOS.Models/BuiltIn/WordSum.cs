using MemOS.Text;

namespace MemOS.Models.BuiltIn;

/// <summary>Adds up the vectors of the terms of a text as they come: known words, known sequences of words, and character runs for the rest.</summary>
internal ref struct WordSum(WordVectors words, Span<float> sum) : ITermSink
{
    private const int LongestSequence = 4;

    private readonly Span<float> _sum = sum;
    private SequenceKeys _open;

    /// <inheritdoc/>
    public void Add(scoped ReadOnlySpan<char> term)
    {
        ulong key = WordKey.Of(term);
        if (words.Find(key) is >= 0 and var entry)
        {
            words.Add(entry, 1, _sum);
        }
        else
        {
            CharacterRuns.Add(term, words.UnknownWeight, _sum);
        }

        // _open[n] is the key of the last n + 1 terms.
        for (int length = Math.Min(words.LongestSequence, LongestSequence) - 1; length > 0; length--)
        {
            if (_open[length - 1] == 0)
            {
                continue;
            }

            ulong sequence = WordKey.Append(_open[length - 1], key);
            _open[length] = sequence;
            if (words.Find(sequence) is >= 0 and var phrase)
            {
                words.Add(phrase, 1, _sum);
            }
        }

        _open[0] = key;
    }

    [System.Runtime.CompilerServices.InlineArray(LongestSequence)]
    private struct SequenceKeys
    {
        private ulong _first;
    }
}
