using System.Globalization;
using System.Text;

namespace MemOS.EmbedderBuilder.WordNet;

/// <summary>The database files of WordNet 3.0, as the manual page wndb(5WN) describes them. Debian: package <c>wordnet-base</c>.</summary>
internal sealed class WordNetDatabase
{
    private static readonly (string File, char PartOfSpeech)[] Parts = [("noun", 'n'), ("verb", 'v'), ("adj", 'a'), ("adv", 'r')];

    private readonly Dictionary<(char PartOfSpeech, string Lemma, int Synset), int> _ranks = [];
    private readonly Dictionary<(char PartOfSpeech, string Lemma, int Rank), int> _taggedSenses = [];

    private WordNetDatabase(IReadOnlyList<Synset> synsets, IReadOnlyList<(string Form, string Lemma)> exceptions)
    {
        Synsets = synsets;
        Exceptions = exceptions;
    }

    /// <summary>All synsets, in the order of the files.</summary>
    public IReadOnlyList<Synset> Synsets { get; }

    /// <summary>Irregular forms with their lemmas: went, go.</summary>
    public IReadOnlyList<(string Form, string Lemma)> Exceptions { get; }

    /// <summary>How often a sense was found when text was tagged by hand (SemCor), by lemma; what was never found is not in it.</summary>
    public Dictionary<string, int> TaggedUses { get; } = [];

    /// <summary>The place of a synset among the senses of a word, from 1, the most frequent first.</summary>
    public int Rank(char partOfSpeech, string lemma, int synset) => _ranks.GetValueOrDefault((partOfSpeech, lemma, synset), 1);

    /// <summary>How often one sense of a word was found then.</summary>
    /// <param name="partOfSpeech">n, v, a or r.</param>
    /// <param name="lemma">The word.</param>
    /// <param name="rank">The place of the sense among those of the word, from 1.</param>
    public int TaggedUsesOf(char partOfSpeech, string lemma, int rank) => _taggedSenses.GetValueOrDefault((partOfSpeech, lemma, rank));

    /// <summary>Reads the files of a folder.</summary>
    public static WordNetDatabase Read(string folder)
    {
        List<(char PartOfSpeech, string Offset, string Line)> lines = [];
        foreach ((string file, char partOfSpeech) in Parts)
        {
            lines.AddRange(Lines(folder, $"data.{file}").Where(line => !line.StartsWith("  ", StringComparison.Ordinal)).Select(line => (partOfSpeech, line[..8], line)));
        }

        Dictionary<(char, string), int> places = [];
        for (int i = 0; i < lines.Count; i++)
        {
            places[(lines[i].PartOfSpeech, lines[i].Offset)] = i;
        }

        List<(string, string)> exceptions = [];
        foreach ((string file, _) in Parts)
        {
            exceptions.AddRange(Lines(folder, $"{file}.exc").Select(line => line.Split(' ')).SelectMany(words => words[1..].Select(lemma => (words[0], lemma))));
        }

        WordNetDatabase database = new([.. lines.Select(line => Read(line.PartOfSpeech, line.Line, places))], exceptions);
        foreach ((string file, char partOfSpeech) in Parts)
        {
            database.ReadRanks(Lines(folder, $"index.{file}"), partOfSpeech, places);
        }

        database.ReadTaggedUses(Lines(folder, "cntlist.rev"));
        return database;
    }

    private static IEnumerable<string> Lines(string folder, string file) => File.ReadLines(Path.Combine(folder, file), Encoding.Latin1);

    private static Synset Read(char partOfSpeech, string line, Dictionary<(char, string), int> places)
    {
        string[] halves = line.Split('|', 2);
        string[] fields = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int words = int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string[] lemmas = [.. Enumerable.Range(0, words).Select(i => Lemma(fields[4 + (2 * i)]))];
        int at = 4 + (2 * words);
        Pointer[] pointers = new Pointer[int.Parse(fields[at], CultureInfo.InvariantCulture)];
        for (int i = 0; i < pointers.Length; i++)
        {
            string[] pointer = fields[(at + 1 + (4 * i))..(at + 5 + (4 * i))];
            char target = pointer[2] == "s" ? 'a' : pointer[2][0];
            pointers[i] = new Pointer(pointer[0], places[(target, pointer[1])], int.Parse(pointer[3][..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        // Examples stand in quotes behind the definition.
        string[] gloss = halves[1].Split('"');
        return new Synset(
            partOfSpeech, lemmas, pointers, string.Join(' ', gloss.Where((_, i) => i % 2 == 0)).Trim(' ', ';'), [.. gloss.Where((_, i) => i % 2 == 1)]);
    }

    // The syntactic marker of an adjective, as in "galore(ip)", is no part of it.
    private static string Lemma(string field) => field.Split('(')[0].Replace('_', ' ').ToLowerInvariant();

    private void ReadRanks(IEnumerable<string> lines, char partOfSpeech, Dictionary<(char, string), int> places)
    {
        foreach (string line in lines.Where(line => !line.StartsWith("  ", StringComparison.Ordinal)))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int senses = int.Parse(fields[2], CultureInfo.InvariantCulture);
            for (int i = 0; i < senses; i++)
            {
                _ranks[(partOfSpeech, fields[0].Replace('_', ' '), places[(partOfSpeech, fields[^(senses - i)])])] = i + 1;
            }
        }
    }

    private void ReadTaggedUses(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            string[] key = fields[0].Split('%'); // the number behind it is the part of speech: senseidx(5WN)
            string lemma = key[0].Replace('_', ' ');
            int uses = int.Parse(fields[2], CultureInfo.InvariantCulture);
            TaggedUses[lemma] = TaggedUses.GetValueOrDefault(lemma) + uses;
            _taggedSenses[("nvara"[key[1][0] - '1'], lemma, int.Parse(fields[1], CultureInfo.InvariantCulture))] = uses;
        }
    }
}
