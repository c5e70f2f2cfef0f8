using System.Text;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Contexts;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ActivationBench;

/// <summary>One text in the forms that are compared: whole, cut, and as a trained prefix of the same length as the cut.</summary>
internal sealed class CartridgeTrial(LocalModel model) : IDisposable
{
    private const int MostAnswerTokens = 24;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-cartridge-");
    private readonly ChatLayout layout = new(model);
    private int[] head = [];
    private int[] text = [];

    /// <summary>Tokens of the text.</summary>
    public int Tokens => text.Length;

    private string CartridgePath => Path.Combine(folder.FullName, "cartridge.state");

    private string WholePath => Path.Combine(folder.FullName, "whole.state");

    /// <summary>Takes another text, and makes its plain state.</summary>
    public async Task ReadAsync(string note)
    {
        NotedPrompt prompt = await layout.TokensAsync("", [note], [new ChatTurn("user", "")], default);
        (head, text) = (prompt.Head, prompt.Notes[0]);
        await using SequenceLease sequence = await model.RentSequenceAsync();
        int[] all = [.. head, .. text];
        await sequence.RunAsync([new DecodeStep(sequence.Sequence, 0, all.Length, Outputs.None), new SaveStep(sequence.Sequence, WholePath)], LocalModel.ToBytes<int>(all));
    }

    /// <summary>Trains a prefix for the text.</summary>
    public async Task<TrainedPrefix> TrainAsync(IReadOnlyList<string> questions, int tokens, int steps, float rate)
    {
        List<int[]> asked = [];
        foreach (string question in questions)
        {
            asked.Add(await RestAsync(question));
        }

        return await model.TrainPrefixAsync(head, text, asked, new PrefixPlan { Tokens = tokens, Steps = steps, Rate = rate, AnswerTokens = MostAnswerTokens, Threads = 0 }, CartridgePath);
    }

    public long CartridgeBytes => new FileInfo(CartridgePath).Length;

    public long WholeBytes => new FileInfo(WholePath).Length;

    /// <summary>What the model says with the whole text before it.</summary>
    public Task<(float[] Logits, string Answer, int[] Said)> WholeAsync(string question) => AskAsync(question, null, sequence => BuildAsync(sequence, new ContextBlock(text, null)));

    /// <summary>The same with the first tokens of the text.</summary>
    public Task<(float[] Logits, string Answer, int[] Said)> CutTextAsync(string question, int[] said, int tokens) =>
        AskAsync(question, said, sequence => BuildAsync(sequence, new ContextBlock(text.AsMemory(0, tokens), null)));

    /// <summary>The same with the plain state of the text, cut after its first tokens.</summary>
    public Task<(float[] Logits, string Answer, int[] Said)> CutStateAsync(string question, int[] said, int tokens) => AskAsync(question, said, async sequence =>
    {
        int end = head.Length + tokens;
        await sequence.RunAsync([new RestoreStep(sequence.Sequence, WholePath, Verify: false), new RemoveStep(sequence.Sequence, end, -1)]);
        return end;
    });

    /// <summary>The same with the trained prefix.</summary>
    public Task<(float[] Logits, string Answer, int[] Said)> CartridgeAsync(string question, int[] said, int tokens) =>
        AskAsync(question, said, sequence => BuildAsync(sequence, new ContextBlock(new int[tokens], CartridgePath)));

    public void Dispose() => folder.Delete(recursive: true);

    private Task<int> BuildAsync(SequenceLease sequence, ContextBlock block) => ContextBuilder.BuildAsync(sequence, null, head, [block]);

    private async Task<int[]> RestAsync(string question) => (await layout.TokensAsync("", [], [new ChatTurn("user", question)], default)).Rest;

    // Logits at the end of the question and behind each token that is said; what was said with the whole text is given, so that the same places are compared.
    private async Task<(float[] Logits, string Answer, int[] Said)> AskAsync(string question, int[]? said, Func<SequenceLease, Task<int>> build)
    {
        int[] rest = await RestAsync(question);
        await using SequenceLease sequence = await model.RentSequenceAsync();
        int position = await build(sequence);
        StringBuilder answer = new();
        List<int> tokens = [];
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(rest, position, new GenerationRequest { MostTokens = MostAnswerTokens }))
        {
            answer.Append(piece.Text);
            tokens.AddRange(piece.Token is { } token ? [token] : []);
        }

        said ??= [.. tokens];
        await sequence.RunAsync([new RemoveStep(sequence.Sequence, position, -1)]);
        int[] run = [.. rest, .. said];
        StepResults results = await sequence.DecodeAsync(run, position, Outputs.All);
        return (results.Logits[((rest.Length - 1) * results.Vocabulary)..], answer.ToString(), said);
    }
}
