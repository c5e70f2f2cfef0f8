using System.Text;
using System.Text.RegularExpressions;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The tokens of the tiny model: words whole, everything else byte by byte, marks of roles as one token each.</summary>
/// <remarks>Cuts text as the "llama-bpe" tokenizer of GGUF does, which takes a word whole where it is a token; a test compares both.</remarks>
internal sealed partial class TinyVocabulary
{
    public const int Bos = 0;
    public const int Pad = 1;
    public const int System = 2;
    public const int User = 3;
    public const int Assistant = 4;
    public const int End = 5;

    /// <summary>The format wants a rule for joining pieces; this one joins bytes that no text has next to each other.</summary>
    public const string UnusedMerge = "ÿ t";

    private const int FirstByte = 6;

    private static readonly string[] Marks = ["<s>", "<pad>", "<|im_start|>system\n", "<|im_start|>user\n", "<|im_start|>assistant\n", "<|im_end|>\n"];

    private readonly Dictionary<string, int> ids = [];
    private readonly List<string> tokens = [.. Marks];

    /// <summary>Lists the tokens.</summary>
    /// <param name="wholeWords">Whether the words of facts are tokens too, or bytes and marks alone.</param>
    public TinyVocabulary(bool wholeWords = true)
    {
        for (int value = 0; value < 256; value++)
        {
            Add(((char)ByteLetter(value)).ToString());
        }

        if (!wholeWords)
        {
            return;
        }

        IEnumerable<string> forms = Relations.All.SelectMany(relation => relation.Statements.Concat(relation.Questions)).Select(form => form.Replace("{N}", "Anna", StringComparison.Ordinal).Replace("{V}", "Anna", StringComparison.Ordinal)).Append(Fact.Unknown).Append("Who ");
        IEnumerable<string> values = Relations.All.SelectMany(relation => relation.Values.Select(value => " " + value));
        IEnumerable<string> names = Vocabularies.Names.SelectMany(name => (string[])[name, " " + name]);
        foreach (string text in forms.Concat(values).Concat(names))
        {
            foreach (Match piece in Pieces().Matches(text))
            {
                Add(ToLetters(piece.Value));
            }
        }
    }

    public int Count => tokens.Count;

    /// <summary>Tokens as a GGUF file lists them: bytes written as letters.</summary>
    public IReadOnlyList<string> Tokens => tokens;

    /// <summary>Words that are a token with the space before them and one without.</summary>
    public IEnumerable<(int Bare, int Spaced)> Twins => tokens.Skip(Marks.Length + 256)
        .Select((letters, index) => (Bare: letters, Index: index + Marks.Length + 256))
        .Where(word => ids.ContainsKey(ToLetters(" ") + word.Bare))
        .Select(word => (word.Index, ids[ToLetters(" ") + word.Bare]));

    /// <summary>The tokens of names.</summary>
    public IEnumerable<int> Names => Vocabularies.Names.SelectMany(name => (int[])[ids[name], ids[ToLetters(" ") + name]]);

    public static bool IsMark(int token) => token < FirstByte;

    public void Encode(string text, List<int> into)
    {
        foreach (Match piece in Pieces().Matches(text))
        {
            string letters = ToLetters(piece.Value);
            if (ids.TryGetValue(letters, out int whole))
            {
                into.Add(whole);
                continue;
            }

            foreach (char letter in letters)
            {
                into.Add(ids[letter.ToString()]);
            }
        }
    }

    private static string ToLetters(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => (char)ByteLetter(value)));

    // The alphabet that byte-level tokenizers write bytes in: printable ones as themselves, the others from 256 on.
    private static int ByteLetter(int value)
    {
        if (IsPrintable(value))
        {
            return value;
        }

        int shifted = 256;
        for (int other = 0; other < value; other++)
        {
            shifted += IsPrintable(other) ? 0 : 1;
        }

        return shifted;
    }

    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    private void Add(string letters)
    {
        if (ids.TryAdd(letters, tokens.Count))
        {
            tokens.Add(letters);
        }
    }

    [GeneratedRegex(@"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
