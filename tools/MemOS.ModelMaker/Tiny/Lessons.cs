namespace MemOS.ModelMaker.Tiny;

/// <summary>Makes lessons: facts about several people, then questions about them and their answers.</summary>
/// <param name="vocabulary">Cuts text into tokens.</param>
/// <param name="random">Chooses everything.</param>
/// <param name="context">Positions that texts stand at.</param>
/// <param name="heldOut">Whether the names and values go together that are kept from training.</param>
internal sealed class Lessons(TinyVocabulary vocabulary, Random random, int context, bool heldOut = false)
{
    private const double GapShare = 0.25;

    /// <summary>Facts for one context: no two say different things of the same person and kind.</summary>
    public List<Fact> Facts(int count)
    {
        while (true)
        {
            if (TryFacts(count) is { } facts)
            {
                return facts;
            }
        }
    }

    /// <summary>A question that facts do not answer, though they tell of the person or of the kind.</summary>
    public Fact Absent(IReadOnlyList<Fact> facts)
    {
        while (true)
        {
            Fact one = facts[random.Next(facts.Count)];
            Fact asked = random.Next(2) == 0
                ? one with { Name = Vocabularies.Names[random.Next(Vocabularies.Names.Length)] }
                : one with { Relation = random.Next(Relations.All.Length) };
            if (!facts.Any(fact => fact.Name == asked.Name && fact.Relation == asked.Relation))
            {
                return asked;
            }
        }
    }

    /// <summary>A batch of lessons of a stage.</summary>
    public TinyBatch Batch(TrainingStage stage)
    {
        int length = stage.Length, share = stage.Chosen / stage.Rows;
        List<int> tokens = [], positions = [], places = [], targets = [];
        List<bool> isValue = [];
        for (int row = 0; row < stage.Rows; row++)
        {
            Lesson lesson = Next(stage);
            List<int> learned = lesson.Learned;
            while (learned.Count > share)
            {
                learned.RemoveAt(random.Next(learned.Count));
            }

            // What is left of the share goes to the values once more: they are what is hard.
            int[] again = [.. learned.Where(lesson.Values.Contains)];
            while (learned.Count < share)
            {
                learned.Add(again[random.Next(again.Length)]);
            }

            foreach (int place in learned)
            {
                places.Add((row * length) + place);
                targets.Add(lesson.Line[place + 1]);
                isValue.Add(lesson.Values.Contains(place));
            }

            tokens.AddRange(lesson.Line.Take(length));
            AddPositions(positions, length, lesson.Starts);
        }

        return new TinyBatch([.. tokens], [.. positions], [.. places], [.. targets], [.. isValue]);
    }

    // A lesson of a stage's length in which something is asked: many long facts may leave no room.
    private Lesson Next(TrainingStage stage)
    {
        while (true)
        {
            Lesson lesson = Fill(stage);
            lesson.Learned.RemoveAll(place => place + 1 >= stage.Length);
            if (lesson.Learned.Exists(lesson.Values.Contains))
            {
                return lesson;
            }
        }
    }

    // Null where people and kinds were picked that have too few values of the wanted side.
    private List<Fact>? TryFacts(int count)
    {
        const int TriesForEach = 100;

        // Few people and kinds, so that neither alone tells which fact is meant.
        string[] people = Pick(Vocabularies.Names, Math.Max(2, (count + 1) / 2));
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

    // Facts, then questions about them, each once before one comes again, until the line is full.
    private Lesson Fill(TrainingStage stage)
    {
        List<Fact> facts = Facts(random.Next(stage.FewestFacts, stage.MostFacts + 1));
        Lesson lesson = new(vocabulary);
        bool asks = random.NextDouble() < stage.Asks;
        string separator = random.NextDouble() < 0.7 ? "\n" : " ";
        lesson.State([.. facts.Select(fact => fact.State(random, random.NextDouble() < stage.Plain ? Phrasing.Plain : Phrasing.Trained))], separator, framed: asks && random.NextDouble() < 0.8);
        Queue<Fact> coming = [];
        while (lesson.Line.Count < stage.Length + 1)
        {
            if (coming.Count == 0)
            {
                coming = new Queue<Fact>(Pick([.. facts], facts.Count));
            }

            if (!asks)
            {
                Fact said = coming.Dequeue();
                lesson.Repeat(said.Answer, said.AnswerValue);
                continue;
            }

            double chance = random.NextDouble();
            if (chance < stage.Unknown)
            {
                lesson.Ask(Absent(facts).Ask(random, Phrasing.Trained), Fact.Unknown, 0);
                continue;
            }

            Fact fact = coming.Dequeue();

            // To say who it was ties names to values; only where no other person has the same value.
            bool asksWho = chance < stage.Unknown + stage.Who && facts.Count(other => other.Relation == fact.Relation && other.Value == fact.Value) == 1;
            lesson.Ask(asksWho ? fact.AskWho() : fact.Ask(random, Phrasing.Trained), fact.Answer, asksWho ? 0 : fact.AnswerValue);
        }

        return lesson;
    }

    // Some sentences stand further on than right behind the one before, so that every distance within the context is learned on short rows.
    private void AddPositions(List<int> positions, int length, HashSet<int> starts)
    {
        int position = 0, room = random.Next(context - length + 1);
        for (int place = 0; place < length; place++)
        {
            if (starts.Contains(place) && random.NextDouble() < GapShare)
            {
                int gap = random.Next(room + 1);
                (position, room) = (position + gap, room - gap);
            }

            positions.Add(position++);
        }
    }

    private T[] Pick<T>(T[] from, int count)
    {
        T[] copy = [.. from];
        random.Shuffle(copy);
        return copy[..Math.Min(count, copy.Length)];
    }
}
