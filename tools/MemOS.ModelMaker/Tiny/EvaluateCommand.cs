using System.Globalization;
using System.Text;
using MemOS.Models.Llama;

namespace MemOS.ModelMaker.Tiny;

/// <summary><c>evaluate</c>: asks the model, through its host, about names and values that it never saw together; one question in each context.</summary>
internal static class EvaluateCommand
{
    private const int MostTokens = 24;

    public static async Task RunAsync(string path, int questions, TextWriter output)
    {
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = 512, Sequences = 1, Threads = 1 });
        await using SequenceLease sequence = await model.RentSequenceAsync();
        output.WriteLine("| facts | word for word | value | said otherwise: word for word | value | not told: says so |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (int count in (int[])[1, 2, 4, 8, 16, 24, 40])
        {
            (double whole, double value) = await ScoreAsync(model, sequence, count, questions, Phrasing.Trained);
            (double otherWhole, double otherValue) = await ScoreAsync(model, sequence, count, questions, Phrasing.HeldOut);
            double unknown = await UnknownAsync(model, sequence, count, questions);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {whole:P1} | {value:P1} | {otherWhole:P1} | {otherValue:P1} | {unknown:P1} |"));
        }
    }

    private static async Task<(double Whole, double Value)> ScoreAsync(LocalModel model, SequenceLease sequence, int count, int questions, Phrasing phrasing)
    {
        Random random = new(count);
        Lessons lessons = new(new TinyVocabulary(), random, 512, heldOut: true);
        int whole = 0, value = 0;
        for (int question = 0; question < questions; question++)
        {
            List<Fact> facts = lessons.Facts(count);
            Fact asked = facts[random.Next(facts.Count)];
            string answer = await AnswerAsync(model, sequence, string.Join('\n', facts.Select(fact => fact.State(random, phrasing))), asked.Ask(random, phrasing));
            whole += answer == asked.Answer ? 1 : 0;
            value += answer.Split(' ', '.').Contains(asked.Value) ? 1 : 0;
        }

        return ((double)whole / questions, (double)value / questions);
    }

    private static async Task<double> UnknownAsync(LocalModel model, SequenceLease sequence, int count, int questions)
    {
        Random random = new(count);
        Lessons lessons = new(new TinyVocabulary(), random, 512, heldOut: true);
        int right = 0;
        for (int question = 0; question < questions; question++)
        {
            List<Fact> facts = lessons.Facts(count);
            string answer = await AnswerAsync(model, sequence, string.Join('\n', facts.Select(fact => fact.State(random, Phrasing.Trained))), lessons.Absent(facts).Ask(random, Phrasing.Trained));
            right += answer == Fact.Unknown ? 1 : 0;
        }

        return (double)right / questions;
    }

    private static async Task<string> AnswerAsync(LocalModel model, SequenceLease sequence, string context, string question)
    {
        int[] prompt = await model.TokenizeAsync(await model.RenderAsync([new("system", context), new("user", question)]), addSpecial: true, parseSpecial: true);
        StringBuilder answer = new();
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(prompt, 0, new GenerationRequest { MostTokens = MostTokens }))
        {
            answer.Append(piece.Text);
        }

        return answer.ToString();
    }
}
