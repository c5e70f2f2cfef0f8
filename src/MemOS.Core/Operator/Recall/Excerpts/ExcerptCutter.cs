using System.Collections.Immutable;
using System.Text;

namespace MemOS.Operator.Recall.Excerpts;

/// <summary>Cuts texts to the sentences that have most of a question.</summary>
internal static class ExcerptCutter
{
    private const string Gap = "…";

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">The question.</param>
    /// <param name="length">About how many characters to keep; one sentence is kept whatever its length.</param>
    /// <returns>Null when the text is no longer than that, or cannot be made shorter.</returns>
    public static Excerpt? Cut(string text, QuestionWords words, int length)
    {
        if (text.Length <= length || SentenceSpans.Of(text) is not { Count: > 1 } sentences)
        {
            return null;
        }

        bool[] kept = Choose(text, sentences, words, length);
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i])
            {
                bool goesOn = i > 0 && kept[i - 1];
                int start = goesOn ? spans[^1].Start : sentences[i].Start;
                TextSpan span = new(start, sentences[i].Start + sentences[i].Length - start);
                if (goesOn)
                {
                    spans[^1] = span;
                }
                else
                {
                    spans.Add(span);
                }
            }
        }

        string shorter = Join(text, spans, kept[0], kept[^1]);
        return shorter.Length < text.Length ? new Excerpt(shorter, spans.ToImmutable()) : null;
    }

    private static bool[] Choose(string text, List<TextSpan> sentences, QuestionWords words, int length)
    {
        int[] order = [.. Enumerable.Range(0, sentences.Count)];
        float[] losses = [.. sentences.Select(sentence => -words.Weigh(text.AsSpan(sentence.Start, sentence.Length)))];
        Array.Sort(losses, order); // of equals the order does not matter
        bool[] kept = new bool[order.Length];
        int sum = 0;
        foreach (int i in order)
        {
            int more = sentences[i].Length + Gap.Length + 1;
            if (sum == 0 || sum + more <= length)
            {
                kept[i] = true;
                sum += more;
            }
        }

        return kept;
    }

    private static string Join(string text, ImmutableArray<TextSpan>.Builder spans, bool fromStart, bool toEnd)
    {
        var joined = new StringBuilder();
        joined.Append(fromStart ? "" : Gap + " ");
        for (int i = 0; i < spans.Count; i++)
        {
            joined.Append(i > 0 ? $" {Gap} " : "").Append(text, spans[i].Start, spans[i].Length);
        }

        return joined.Append(toEnd ? "" : " " + Gap).ToString();
    }
}
