using System.Globalization;
using MemOS.ModelMaker.Tiny;
using MemOS.Models.Llama;

namespace MemOS.ActivationBench;

/// <summary>
/// Trains prefixes for texts of facts that the tiny model was never told together, and asks in words that the training did not ask in: against the whole text, and against
/// what as many tokens hold without training.
/// </summary>
internal static class CartridgeTable
{
    private const int ContextTokens = 512;
    private const int TrainedForms = 3;
    private const int Forms = 5; // that the tiny model was trained to be asked in, for each kind of fact

    public static async Task RunAsync(string path, int[] factCounts, int[] shares, int texts, int steps, float rate, int threads, TextWriter output)
    {
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = 2048, Sequences = 4, Threads = threads });
        int vocabulary = (await model.DescribeAsync()).Vocabulary;
        using CartridgeTrial trial = new(model);
        foreach (int factCount in factCounts)
        {
            foreach (int share in shares)
            {
                Random random = new(factCount);
                Lessons lessons = new(new TinyVocabulary(), random, ContextTokens, heldOut: true);
                CartridgeRow whole = new("whole text"), cut = new("first tokens of the text"), state = new("first tokens of its state"), cartridge = new("trained prefix"), none = new("no memory");
                double wholeTokens = 0, tokens = 0, wholeBytes = 0, bytes = 0, seconds = 0, before = 0, after = 0;
                int questions = 0;
                for (int text = 0; text < texts; text++)
                {
                    List<Fact> facts = lessons.Facts(factCount);
                    await trial.ReadAsync(string.Concat(facts.Select(fact => fact.State(random, Phrasing.Trained) + "\n")));
                    List<string> training = [];
                    List<(Fact Fact, string Question)> asked = [];
                    foreach (Fact fact in facts)
                    {
                        string[] forms = Ways(fact, random);
                        training.AddRange(forms[..TrainedForms]);
                        asked.AddRange(forms[TrainedForms..].Select(form => (fact, form)));
                    }

                    int size = trial.Tokens * share / 100;
                    TrainedPrefix trained = await trial.TrainAsync(training, size, steps, rate);
                    (wholeTokens, tokens) = (wholeTokens + trial.Tokens, tokens + size);
                    (wholeBytes, bytes, seconds) = (wholeBytes + trial.WholeBytes, bytes + trial.CartridgeBytes, seconds + trained.Seconds);
                    (before, after) = (before + trained.Before, after + trained.After);
                    questions += asked.Count;
                    foreach ((Fact fact, string question) in asked)
                    {
                        (float[] reference, string answer, int[] said) = await trial.WholeAsync(question);
                        whole.Add(reference, reference, vocabulary, Names(answer, fact));
                        Add(cut, await trial.CutTextAsync(question, said, size));
                        Add(state, await trial.CutStateAsync(question, said, size));
                        Add(cartridge, await trial.CartridgeAsync(question, said, size));
                        Add(none, await trial.CutTextAsync(question, said, 0));

                        void Add(CartridgeRow row, (float[] Logits, string Answer, int[] Said) made) => row.Add(reference, made.Logits, vocabulary, Names(made.Answer, fact));
                    }
                }

                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{factCount} facts, {share} % of the tokens, {texts} texts, {questions} questions; {steps} steps at {rate}; divergence in training from {before / texts:F3} to {after / texts:F3}"));
                output.WriteLine("| context | tokens | state, kB | right value | KL | trained, s |");
                output.WriteLine("|---|---:|---:|---:|---:|---:|");
                output.WriteLine(whole.ToString(wholeTokens / texts, wholeBytes / texts / 1000, null));
                output.WriteLine(cut.ToString(tokens / texts, bytes / texts / 1000, null));
                output.WriteLine(state.ToString(tokens / texts, bytes / texts / 1000, null));
                output.WriteLine(cartridge.ToString(tokens / texts, bytes / texts / 1000, seconds / texts));
                output.WriteLine(none.ToString(0, 0, null));
                output.WriteLine();
            }
        }
    }

    private static bool Names(string answer, Fact fact) => answer.Split(' ', '.', '\n').Contains(fact.Value);

    // All ways to ask for a fact that the tiny model was trained with, in any order.
    private static string[] Ways(Fact fact, Random random)
    {
        HashSet<string> found = [];
        while (found.Count < Forms)
        {
            found.Add(fact.Ask(random, Phrasing.Trained));
        }

        string[] ways = [.. found];
        random.Shuffle(ways);
        return ways;
    }
}
