namespace MemOS.ModelMaker.Tiny;

/// <summary>Makes lessons: facts about several people, then questions about them and their answers.</summary>
internal sealed class Lessons(TinyVocabulary vocabulary, Random random, bool heldOut = false)
{
    /// <summary>Facts for one context, about the first so many names: no two say different things of the same person and kind.</summary>
    public List<Fact> Facts(int count, int names = int.MaxValue)
    {
        while (true)
        {
            if (TryFacts(count, names) is { } facts)
            {
                return facts;
            }
        }
    }

    // Null where people and kinds were picked that have too few values of the wanted side.
    private List<Fact>? TryFacts(int count, int names)
    {
        const int TriesForEach = 100;

        // Few people and kinds, so that neither alone tells which fact is meant; two facts are of one kind.
        string[] people = Pick(Vocabularies.Names[..Math.Min(names, Vocabularies.Names.Length)], Math.Max(2, count / 2));
        int[] kinds = Pick([.. Enumerable.Range(0, Relations.All.Length)], Math.Min(Relations.All.Length, 1 + (count / 3)));
        int wanted = Math.Min(count, people.Length * kinds.Length);
        Dictionary<(string, int), Fact> facts = [];
        for (int tries = TriesForEach * wanted; facts.Count < wanted && tries > 0; tries--)
        {
            (string name, int kind) key = (people[random.Next(people.Length)], kinds[random.Next(kinds.Length)]);
            string[] values = Relations.All[key.kind].Values;
            Fact fact = new(key.name, key.kind, values[random.Next(values.Length)]);
            if (fact.IsHeldOut == heldOut && fact.Value != fact.Name)
            {
                facts.TryAdd(key, fact);
            }
        }

        return facts.Count == wanted ? [.. facts.Values] : null;
    }

    /// <summary>A batch of lessons of a stage.</summary>
    public TinyBatch Batch(TrainingStage stage)
    {
        (int length, int rows, int chosen) = (stage.Length, stage.Rows, stage.Chosen);
        List<int> tokens = [], places = [], targets = [];
        List<bool> isValue = [];
        for (int row = 0; row < rows; row++)
        {
            List<int> line = [], learned = [];
            HashSet<int> values = [];
            Fill(line, learned, values, stage);
            int share = chosen / rows;
            learned.RemoveAll(place => place + 1 >= length);
            while (learned.Count > share)
            {
                learned.RemoveAt(random.Next(learned.Count));
            }

            // What is left of the share teaches how statements and questions go on.
            while (learned.Count < share)
            {
                learned.Add(random.Next(length - 1));
            }

            foreach (int place in learned)
            {
                places.Add((row * length) + place);
                targets.Add(line[place + 1]);
                isValue.Add(values.Contains(place));
            }

            tokens.AddRange(line.Take(length));
        }

        return new TinyBatch([.. tokens], [.. places], [.. targets], [.. isValue]);
    }

    // Facts, then questions about them until the line is full. Learned: the places before each token of an answer.
    private void Fill(List<int> line, List<int> learned, HashSet<int> values, TrainingStage stage)
    {
        List<Fact> facts = Facts(random.Next(stage.FewestFacts, stage.MostFacts + 1), stage.Names);
        line.Add(TinyVocabulary.Bos);
        bool framed = random.NextDouble() < 0.5;
        if (framed)
        {
            line.Add(TinyVocabulary.System);
        }

        string separator = random.NextDouble() < 0.8 ? "\n" : " ";
        vocabulary.Encode(string.Join(separator, facts.Select(fact => fact.State(random, stage.Plain))) + (framed ? "" : separator), line);
        if (framed)
        {
            line.Add(TinyVocabulary.End);
        }

        while (line.Count < stage.Length + 1)
        {
            Fact fact = facts[random.Next(facts.Count)];

            // To say who it was ties names to values; only where no other person has the same value.
            bool asksWho = random.NextDouble() < stage.Who && facts.Count(other => other.Relation == fact.Relation && other.Value == fact.Value) == 1;
            line.Add(TinyVocabulary.User);
            vocabulary.Encode(asksWho ? fact.AskWho() : fact.Ask(random), line);
            line.Add(TinyVocabulary.End);
            line.Add(TinyVocabulary.Assistant);
            int before = line.Count;
            string answer = fact.Answer;
            vocabulary.Encode(answer, line);
            List<int> lead = [];
            vocabulary.Encode(asksWho ? "" : answer[..answer.LastIndexOf(" " + fact.Value, StringComparison.Ordinal)], lead);
            values.Add(before + lead.Count - 1);
            line.Add(TinyVocabulary.End);
            learned.AddRange(Enumerable.Range(before - 1, line.Count - before));
        }
    }

    private T[] Pick<T>(T[] from, int count)
    {
        T[] copy = [.. from];
        random.Shuffle(copy);
        return copy[..Math.Min(count, copy.Length)];
    }
}
