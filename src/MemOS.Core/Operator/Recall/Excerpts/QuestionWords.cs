using MemOS.Text;

namespace MemOS.Operator.Recall.Excerpts;

/// <summary>The words of a question with their weight, to tell which sentences have something of it.</summary>
internal sealed class QuestionWords(ulong[] keys, float[] rarities)
{
    /// <summary>Puts every sentence with a word of the question before every one without.</summary>
    private const float AnyWord = 10_000;

    /// <summary>
    /// What a word that is not of the question adds to its sentence, in units of rarity: of two sentences with the same words of the question, or with none, the
    /// one that says more is kept.
    /// </summary>
    private const float OtherWord = 0.6f;

    /// <summary>The share that a sentence loses when it only asks.</summary>
    private const float QuestionLoss = 0.4f;

    /// <summary>How much a sentence has of the question.</summary>
    public float Weigh(ReadOnlySpan<char> sentence)
    {
        var words = new TermCounter(stackalloc ulong[64]);
        TextAnalyzer.Analyze(sentence, ref words);
        Span<ulong> found = words.Keys;
        found.Sort();
        float weight = 0;
        bool matches = false;
        for (int i = 0; i < found.Length; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
            {
                int at = Array.IndexOf(keys, found[i]);
                weight += at >= 0 ? rarities[at] : OtherWord;
                matches |= at >= 0;
            }
        }

        words.Return();
        weight *= sentence.TrimEnd() is [.., '?' or '？' or '؟'] ? 1 - QuestionLoss : 1;
        return matches ? AnyWord + weight : weight;
    }
}
