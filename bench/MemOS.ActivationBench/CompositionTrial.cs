using System.Numerics.Tensors;
using System.Text;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Contexts;
using MemOS.Models.Llama.Protocol;
using MemOS.Models.Llama.Training;

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
            blocks.Add(new ContextBlock(note, state).Recomputing(share));
        }

        return blocks;
    });

    /// <summary>
    /// The same, but what is computed anew are the tokens whose keys and values in the second layer are furthest from those of a full prefill (CacheBlend's choice). They are
    /// known by computing everything: this shows what the choice is worth, not what it costs.
    /// </summary>
    public Task<(float[] Logits, string Answer)> DeviatingAsync(string[] notes, string question, double share) => AskAsync(notes, question, async prompt =>
    {
        List<ContextBlock> blocks = [];
        foreach (int[] note in prompt.Notes)
        {
            blocks.Add(new ContextBlock(note, await EncodeAsync(prompt.Head, note, $"{blocks.Count}")));
        }

        int first = prompt.Head.Length, length = prompt.Notes.Sum(note => note.Length), following = length - prompt.Notes[0].Length;
        CachedPrefix composed = await KeptAsync(prompt.Head, blocks, first, length), full = await KeptAsync(prompt.Head, [new ContextBlock(Joined(prompt), null)], first, length);
        double[] deviations = Deviations(composed, full);
        HashSet<int> anew = [.. Enumerable.Range(prompt.Notes[0].Length, following).OrderByDescending(place => deviations[place]).Take((int)Math.Ceiling(share * following))];
        int at = 0;
        for (int block = 0; block < blocks.Count; at += blocks[block++].Tokens.Length)
        {
            blocks[block] = blocks[block] with { Anew = Runs(anew, at, blocks[block].Tokens.Length) };
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

    private async Task<CachedPrefix> KeptAsync(int[] head, IReadOnlyList<ContextBlock> blocks, int first, int length)
    {
        string path = Path.Combine(folder.FullName, "kept.state");
        await using SequenceLease scratch = await model.RentSequenceAsync(), sequence = await model.RentSequenceAsync();
        await ContextBuilder.BuildAsync(sequence, scratch, head, blocks);
        await sequence.RunAsync([new SaveStep(sequence.Sequence, path)]);
        return CachedPrefix.Read((await File.ReadAllBytesAsync(path)).AsSpan(StateFile.HeaderBytes), first, length);
    }

    private static double[] Deviations(CachedPrefix one, CachedPrefix other)
    {
        const int layer = 1; // those of the first depend on the token alone
        int width = one.Keys[layer].Length / one.Length;
        return [.. Enumerable.Range(0, one.Length).Select(place => place * width).Select(at =>
            Relative(one.Keys[layer].AsSpan(at, width), other.Keys[layer].AsSpan(at, width)) + Relative(one.Values[layer].AsSpan(at, width), other.Values[layer].AsSpan(at, width)))];
    }

    private static double Relative(ReadOnlySpan<float> one, ReadOnlySpan<float> other) => TensorPrimitives.Distance(one, other) / TensorPrimitives.Norm(other);

    private static List<(int From, int Count)> Runs(HashSet<int> places, int at, int length)
    {
        List<(int From, int Count)> runs = [];
        for (int place = 0; place < length; place++)
        {
            if (places.Contains(at + place))
            {
                bool goesOn = runs.Count > 0 && runs[^1].From + runs[^1].Count == place;
                (int from, int count) = goesOn ? runs[^1] : (place, 0);
                runs.RemoveRange(runs.Count - (goesOn ? 1 : 0), goesOn ? 1 : 0);
                runs.Add((from, count + 1));
            }
        }

        return runs;
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
