using System.Collections.Immutable;

namespace MemOS.Reader;

/// <summary>Finds names in a text without a model: runs of capitalised words that do not merely begin a sentence.</summary>
public static class EntityNames
{
    private const int Most = 16;

    /// <summary>The names in the text, each once, in order; at most 16.</summary>
    public static ImmutableArray<string> In(string text)
    {
        ImmutableArray<string>.Builder? names = null;
        bool sentenceStart = true;
        int position = 0;
        while (position < text.Length && (names?.Count ?? 0) < Most)
        {
            char c = text[position];
            if (!char.IsLetter(c))
            {
                sentenceStart |= c is '.' or '!' or '?' or '\n' or ':' or '"' or '*' or '-' or '(' or '[';
                position++;
                continue;
            }

            int end = WordEnd(text, position);
            if (!IsName(text.AsSpan(position, end - position)) || sentenceStart)
            {
                sentenceStart = false;
                position = end;
                continue;
            }

            int start = position;
            int last = end;
            while (last + 1 < text.Length && text[last] == ' ' && char.IsUpper(text[last + 1]))
            {
                int next = WordEnd(text, last + 1);
                if (!IsName(text.AsSpan(last + 1, next - last - 1)))
                {
                    break;
                }

                last = next;
            }

            string name = text[start..last];
            names ??= ImmutableArray.CreateBuilder<string>();
            if (!names.Contains(name))
            {
                names.Add(name);
            }

            position = last;
        }

        return names?.ToImmutable() ?? [];
    }

    private static int WordEnd(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] == '-' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    // "I", "I'm" and words in capitals throughout that are longer than an abbreviation are no names.
    private static bool IsName(ReadOnlySpan<char> word) =>
        word.Length > 1 && char.IsUpper(word[0]) && (word.Length <= 5 || !word[1..].ContainsAnyInRange('A', 'Z') || word[1..].ContainsAnyInRange('a', 'z'));
}
