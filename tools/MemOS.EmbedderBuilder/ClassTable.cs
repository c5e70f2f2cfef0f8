using MemOS.EmbedderBuilder.WordNet;
using MemOS.Text.Classes;

namespace MemOS.EmbedderBuilder;

/// <summary>Makes the table of <see cref="WordClasses"/>: of each class of nouns the words below it, members and instances alike, however deep.</summary>
/// <remarks>
/// How often a word means a member is told by the uses that were tagged by hand, all parts of speech counted: "Paris" nearly always means a city, "make" hardly ever an
/// activity. A sense that was never tagged counts half a use, divided by its rank. Sums are made in the order of the files, so the table is the same to the last bit.
/// </remarks>
internal sealed class ClassTable(WordNetDatabase database)
{
    private const float LeastShare = 0.5f;

    /// <summary>A class with more members is none that a question can be answered by: "things", "events".</summary>
    private const int MostMembers = 2000;

    private readonly Vocabulary _vocabulary = new(database);

    /// <summary>Makes the table.</summary>
    public byte[] Build()
    {
        List<int>?[] below = Below();
        (Dictionary<string, float> uses, Dictionary<string, List<(int Synset, float Uses)>> senses, List<(string Word, float Uses)>[] words) = Uses();
        ClassTableWriter writer = new(WordNetNotice.Text);
        Dictionary<int, int> classes = [];
        foreach ((string name, List<(int Synset, float Uses)> list) in senses)
        {
            int[] numbers = [.. list.OrderByDescending(sense => sense.Uses).ThenBy(sense => sense.Synset).Take(WordClasses.MostSenses).Select(sense => Class(sense.Synset))];
            if (numbers.Any(number => number >= 0))
            {
                writer.AddName(name, numbers);
                foreach (string form in Irregular(name))
                {
                    writer.AddName(form, numbers);
                }
            }
        }

        return writer.ToArray();

        int Class(int synset)
        {
            if (!classes.TryGetValue(synset, out int number))
            {
                Dictionary<string, float> members = [];
                foreach (int member in Closure(synset, below))
                {
                    foreach ((string word, float some) in words[member])
                    {
                        members[word] = members.GetValueOrDefault(word) + some;
                    }
                }

                (string Word, float Share)[] sure = [.. members.Select(member => (member.Key, member.Value / uses[member.Key])).Where(member => member.Item2 >= LeastShare)];
                number = sure.Length is > 0 and <= MostMembers
                    ? writer.AddClass(sure.Concat(sure.SelectMany(member => Irregular(member.Word).Select(form => (form, member.Share)))))
                    : -1;
                classes.Add(synset, number);
            }

            return number;
        }
    }

    private IEnumerable<string> Irregular(string word) => _vocabulary.Irregular.Where(form => form.Value == word).Select(form => form.Key);

    private List<int>?[] Below()
    {
        List<int>?[] below = new List<int>?[database.Synsets.Count];
        for (int i = 0; i < below.Length; i++)
        {
            foreach (Pointer pointer in database.Synsets[i].Pointers.Where(pointer => pointer.Symbol is "@" or "@i" && database.Synsets[i].PartOfSpeech == 'n'))
            {
                (below[pointer.Target] ??= []).Add(i);
            }
        }

        return below;
    }

    private static SortedSet<int> Closure(int synset, List<int>?[] below)
    {
        SortedSet<int> found = [];
        Stack<int> open = new([synset]);
        while (open.TryPop(out int next))
        {
            foreach (int one in below[next] ?? [])
            {
                if (found.Add(one))
                {
                    open.Push(one);
                }
            }
        }

        return found;
    }

    /// <summary>The uses of each word, of each word's meanings as a noun, and of the words of each synset.</summary>
    private (Dictionary<string, float> Uses, Dictionary<string, List<(int Synset, float Uses)>> Senses, List<(string Word, float Uses)>[] Words) Uses()
    {
        Dictionary<string, float> uses = [];
        Dictionary<string, List<(int, float)>> senses = [];
        List<(string, float)>[] words = new List<(string, float)>[database.Synsets.Count];
        for (int i = 0; i < words.Length; i++)
        {
            Synset synset = database.Synsets[i];
            words[i] = [];
            foreach (string lemma in synset.Lemmas)
            {
                string word = Vocabulary.Term(lemma);
                int rank = database.Rank(synset.PartOfSpeech, lemma, i);
                float some = database.TaggedUsesOf(synset.PartOfSpeech, lemma, rank) + (0.5f / rank);
                if (word.Length > 1)
                {
                    uses[word] = uses.GetValueOrDefault(word) + some;
                    if (synset.PartOfSpeech == 'n')
                    {
                        words[i].Add((word, some));
                        (senses.TryGetValue(word, out List<(int, float)>? list) ? list : senses[word] = []).Add((i, some));
                    }
                }
            }
        }

        return (uses, senses, words);
    }
}
