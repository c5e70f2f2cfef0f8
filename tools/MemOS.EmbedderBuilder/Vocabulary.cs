using MemOS.EmbedderBuilder.WordNet;
using MemOS.Text;
using MemOS.Text.Languages;

namespace MemOS.EmbedderBuilder;

/// <summary>The terms of the matrix: stems of words, and sequences of them for phrases. Irregular forms are the same term as their lemma.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<string, string> _irregular = [];

    public Vocabulary(WordNetDatabase database)
    {
        HashSet<string> lemmas = [.. database.Synsets.SelectMany(synset => synset.Lemmas).Where(lemma => !lemma.Contains(' ')).SelectMany(Analyze)];
        foreach ((string form, string lemma) in database.Exceptions)
        {
            if (Analyze(form) is [var irregular] && Analyze(lemma) is [var regular] && irregular != regular && !lemmas.Contains(irregular))
            {
                _irregular.TryAdd(irregular, regular);
            }
        }
    }

    /// <summary>All terms; a phrase is its stems, separated by spaces.</summary>
    public List<string> Terms { get; } = [];

    /// <summary>Stems of irregular forms, with the stem that they stand for.</summary>
    public IReadOnlyDictionary<string, string> Irregular => _irregular;

    /// <summary>The terms of a text.</summary>
    public IEnumerable<int> Cut(string text) => Stems(text).Select(Id);

    /// <summary>The term of a phrase; -1 when it is none, or too long to be looked up.</summary>
    public int Phrase(string lemma) => Stems(lemma).ToArray() is { Length: > 1 and <= 4 } stems ? Id(string.Join(' ', stems)) : -1;

    /// <summary>A lemma as terms, with spaces between them; irregular forms as they stand.</summary>
    public static string Term(string lemma) => string.Join(' ', Analyze(lemma));

    /// <summary>The number of a term, or -1.</summary>
    public int Find(string term) => _ids.GetValueOrDefault(_irregular.GetValueOrDefault(term, term), -1);

    // Short words do not tell their language; these are English.
    private static List<string> Analyze(string text)
    {
        List<string> terms = [];
        TermListSink sink = new(terms);
        TextAnalyzer.Analyze(text, TextLanguage.English, ref sink);
        return terms;
    }

    private IEnumerable<string> Stems(string text) => Analyze(text).Select(stem => _irregular.GetValueOrDefault(stem, stem));

    private int Id(string term)
    {
        if (!_ids.TryGetValue(term, out int id))
        {
            id = Terms.Count;
            _ids.Add(term, id);
            Terms.Add(term);
        }

        return id;
    }
}
