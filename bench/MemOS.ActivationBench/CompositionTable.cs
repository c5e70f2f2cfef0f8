using MemOS.ModelMaker.Tiny;
using MemOS.Models.Llama;

namespace MemOS.ActivationBench;

/// <summary>Composes states of facts that the tiny model was never told together, and compares with a full prefill of the same tokens: the next token's distribution, and the answers.</summary>
internal static class CompositionTable
{
    private const int ContextTokens = 512;

    public static async Task RunAsync(string path, int[] cubes, int[] shares, int factsEach, int count, int threads, TextWriter output)
    {
        LocalModelOptions options = new() { Path = path, ContextTokens = 4096, Threads = threads };
        await using LocalModel model = new(options), compact = new(options with { CompactStates = true });
        using CompositionTrial trial = new(model);
        using CompositionTrial small = new(compact);
        foreach (int cubeCount in cubes)
        {
            Random random = new(cubeCount);
            Lessons lessons = new(new TinyVocabulary(), random, ContextTokens, heldOut: true);
            Dictionary<string, CompositionRow> rows = [];
            for (int question = 0; question < count; question++)
            {
                List<Fact> facts = lessons.Facts(cubeCount * factsEach);
                Fact asked = facts[random.Next(facts.Count)];
                string[] notes = [.. facts.Chunk(factsEach).Select(some => string.Concat(some.Select(fact => fact.State(random, Phrasing.Trained) + "\n")))];
                string ask = asked.Ask(random, Phrasing.Trained);
                (float[] reference, string expected) = await trial.TextAsync(notes, ask);
                Add("text, full prefill", reference, expected);
                AddBoth("text, no memory", await trial.TextAsync([], ask));
                AddBoth("one state of all cubes together", await trial.TogetherAsync(notes, ask));
                foreach (int share in shares)
                {
                    AddBoth($"{notes.Length} states, {share} % recomputed: the first of each", await trial.ComposedAsync(notes, ask, share / 100.0));
                    if (share is > 0 and < 100)
                    {
                        AddBoth($"{notes.Length} states, {share} % recomputed: those that deviate most", await trial.DeviatingAsync(notes, ask, share / 100.0));
                    }
                }

                AddBoth("one state of all cubes together, in 8 bits", await small.TogetherAsync(notes, ask));
                AddBoth($"{notes.Length} states in 8 bits, 15 % recomputed: the first of each", await small.ComposedAsync(notes, ask, 0.15));

                void Add(string name, float[] logits, string answer)
                {
                    rows.TryAdd(name, new CompositionRow(name));
                    rows[name].Add(NextTokens.Divergence(reference, logits), answer.Split(' ', '.', '\n').Contains(asked.Value), answer == expected);
                }

                void AddBoth(string name, (float[] Logits, string Answer) made) => Add(name, made.Logits, made.Answer);
            }

            output.WriteLine($"{cubeCount} cubes of {factsEach} facts, {count} questions");
            output.WriteLine("| context | KL, mean | KL, median | right value | same answer as full prefill |");
            output.WriteLine("|---|---:|---:|---:|---:|");
            foreach (CompositionRow row in rows.Values)
            {
                output.WriteLine(row);
            }

            output.WriteLine();
        }
    }
}
