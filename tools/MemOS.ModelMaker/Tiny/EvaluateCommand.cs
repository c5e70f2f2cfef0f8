using System.Globalization;
using System.Text;
using MemOS.Models.Llama;

namespace MemOS.ModelMaker.Tiny;

/// <summary><c>evaluate</c>: asks the model, through its host, about held-out facts in its context.</summary>
internal static class EvaluateCommand
{
    private const int Questions = 100;

    public static async Task<int> RunAsync(string path, TextWriter output)
    {
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = 1024, Threads = 1 });
        await using SequenceLease sequence = await model.RentSequenceAsync();
        foreach (int count in (int[])[1, 2, 4, 8, 16, 24])
        {
            Random random = new(count);
            Lessons lessons = new(new TinyVocabulary(), random, heldOut: true);
            int right = 0, named = 0;
            for (int question = 0; question < Questions; question++)
            {
                List<Fact> facts = lessons.Facts(count);
                Fact asked = facts[random.Next(facts.Count)];
                string answer = await AskAsync(model, sequence, string.Join('\n', facts.Select(fact => fact.State(random, plain: 0.7))), asked.Ask(random));
                right += answer == asked.Answer ? 1 : 0;
                named += answer.Split(' ', '.').Contains(asked.Value) ? 1 : 0;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,2} facts in context: {100.0 * right / Questions:F0} % answered word for word, {100.0 * named / Questions:F0} % with the right value"));
        }

        return 0;
    }

    private static async Task<string> AskAsync(LocalModel model, SequenceLease sequence, string context, string question)
    {
        int[] prompt = await model.TokenizeAsync(await model.RenderAsync([new("system", context), new("user", question)]), addSpecial: true, parseSpecial: true);
        StringBuilder answer = new();
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(prompt, 0, new GenerationRequest { MostTokens = 24 }))
        {
            answer.Append(piece.Text);
        }

        return answer.ToString();
    }
}
