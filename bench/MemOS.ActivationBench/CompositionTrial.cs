using System.Text;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Contexts;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ActivationBench;

/// <summary>Makes contexts of notes in different ways, and asks a model in them.</summary>
internal sealed class CompositionTrial(LocalModel model) : IDisposable
{
    private const int MostAnswerTokens = 24;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-composition-");
    private readonly ChatLayout layout = new(model);

    /// <summary>Reads the notes.</summary>
    public Task<(float[] Logits, string Answer)> TextAsync(string[] notes, string question) =>
        AskAsync(notes, question, prompt => Task.FromResult<IReadOnlyList<ContextBlock>>([new ContextBlock(Joined(prompt), null)]));

    /// <summary>Mounts one state of all notes.</summary>
    public Task<(float[] Logits, string Answer)> TogetherAsync(string[] notes, string question) =>
        AskAsync(notes, question, async prompt => [new ContextBlock(Joined(prompt), await EncodeAsync(prompt.Head, Joined(prompt), "all"))]);

    /// <summary>Mounts a state for each note, made alone, and computes a share of those that follow the first anew.</summary>
    public Task<(float[] Logits, string Answer)> ComposedAsync(string[] notes, string question, double share) => AskAsync(notes, question, async prompt =>
    {
        List<ContextBlock> blocks = [];
        foreach (int[] note in prompt.Notes)
        {
            string state = await EncodeAsync(prompt.Head, note, $"{blocks.Count}");
            blocks.Add(new ContextBlock(note, state, Recompute: blocks.Count == 0 ? 0 : share));
        }

        return blocks;
    });

    public void Dispose() => folder.Delete(recursive: true);

    private static int[] Joined(NotedPrompt prompt) => [.. prompt.Notes.SelectMany(note => note)];

    private async Task<(float[] Logits, string Answer)> AskAsync(string[] notes, string question, Func<NotedPrompt, Task<IReadOnlyList<ContextBlock>>> blocks)
    {
        NotedPrompt prompt = await layout.TokensAsync("", notes, [new ChatTurn("user", question)], default);
        IReadOnlyList<ContextBlock> made = await blocks(prompt);
        await using SequenceLease scratch = await model.RentSequenceAsync(), sequence = await model.RentSequenceAsync();
        int position = await ContextBuilder.BuildAsync(sequence, scratch, prompt.Head, made);
        float[] logits = (await sequence.DecodeAsync(prompt.Rest, position, Outputs.Last)).Logits;
        await sequence.RunAsync([new RemoveStep(sequence.Sequence, position, -1)]);
        StringBuilder answer = new();
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(prompt.Rest, position, new GenerationRequest { MostTokens = MostAnswerTokens }))
        {
            answer.Append(piece.Text);
        }

        return (logits, answer.ToString());
    }

    private async Task<string> EncodeAsync(int[] head, int[] tokens, string name)
    {
        string path = Path.Combine(folder.FullName, name + ".state");
        await using SequenceLease sequence = await model.RentSequenceAsync();
        int[] all = [.. head, .. tokens];
        await sequence.RunAsync([new DecodeStep(sequence.Sequence, 0, all.Length, Outputs.None), new SaveStep(sequence.Sequence, path)], LocalModel.ToBytes<int>(all));
        return path;
    }
}
