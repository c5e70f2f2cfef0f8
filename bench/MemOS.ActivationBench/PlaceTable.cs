using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;

namespace MemOS.ActivationBench;

/// <summary>
/// What it takes to set states behind the first one of a context: from their files, or from what the process holds already. Cells that are shared cannot be moved, so a state
/// that stays where it is has to be copied: through a buffer of its size, or piece by piece through one that processors keep close, or from a buffer that holds its bytes beside its cells.
/// </summary>
internal sealed unsafe class PlaceTable : IDisposable
{
    private const int Head = 48, First = 0, Target = 1, Scratch = 2, Piece = 3, Loaded = 4; // sequences from Loaded on are states that were loaded ahead
    private const int PieceTokens = 64;

    private static readonly string[] Ways = ["file", "compact file", "whole", "pieces", "kept"];

    private readonly LlamaModel model;
    private readonly LlamaContext context;
    private readonly int threads;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-places-");
    private readonly byte* buffer;
    private readonly byte* kept;
    private int bytes;

    private PlaceTable(string path, int most, int states, int longest, int threads)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        this.threads = threads;
        model = LlamaModel.Load(path);
        context = LlamaContext.Create(model, new ContextSettings { Tokens = most, Threads = threads, Sequences = Loaded + states });
        nuint size = (nuint)longest * 160_000;
        buffer = (byte*)NativeMemory.AllocZeroed(size);
        kept = (byte*)NativeMemory.AllocZeroed(size);
    }

    public static void Run(string path, int[] states, int[] contexts, int question, int threads, int repeat, TextWriter output)
    {
        int most = ((2 * states.Max()) + 1) * (contexts.Max() + Head) + question;
        using PlaceTable table = new(path, most, states.Max(), contexts.Max() + Head, threads);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.model.Description}, {threads} threads, a question of {question} tokens, medians of {repeat} rounds (least–most); ms for a state that is set behind the first, and s to the first token"));
        output.WriteLine($"| states | tokens each | {string.Join(" | ", Ways.Select(way => $"{way}, ms | s"))} | same bits as from files |\n|---:|---:|{string.Concat(Ways.Select(_ => "---:|---:|"))}---|");
        foreach (int tokens in contexts)
        {
            table.Make(tokens + Head, states.Max());
            foreach (int count in states)
            {
                table.Row(count, tokens + Head, question, repeat, output);
            }
        }
    }

    public void Dispose()
    {
        context.Dispose();
        model.Dispose();
        NativeMemory.Free(buffer);
        NativeMemory.Free(kept);
        folder.Delete(recursive: true);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Spread(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{Median(values):F1} ({values.Min():F1}–{values.Max():F1})");

    private string File(int state) => Path.Combine(folder.FullName, $"{state}.state");

    private string CompactFile(int state) => Path.Combine(folder.FullName, $"{state}.compact");

    private int[] Tokens(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(1000, Math.Min(20_000, model.Vocabulary.Count)))];
    }

    // One is computed; how many bytes are moved does not depend on what they say.
    private void Make(int tokens, int states)
    {
        context.Clear();
        Decode(Tokens(tokens, tokens), 0, First, Outputs.None);
        bytes = (int)context.StateSize(First);
        context.SaveState(First, new Span<byte>(kept, bytes));
        byte[] compact = new byte[CompactState.Size(context, First)];
        CompactState.Save(context, First, compact, threads);
        for (int state = 0; state < states; state++)
        {
            using FileStream file = System.IO.File.Create(File(state));
            file.Write(new ReadOnlySpan<byte>(kept, bytes));
            System.IO.File.WriteAllBytes(CompactFile(state), compact);
        }
    }

    private void Row(int states, int tokens, int question, int repeat, TextWriter output)
    {
        Dictionary<string, (List<double> Move, List<double> All)> times = Ways.ToDictionary(way => way, _ => (new List<double>(), new List<double>()));
        float[]? logits = null;
        HashSet<string> same = [];
        for (int round = -1; round < repeat; round++)
        {
            foreach (string way in Ways)
            {
                (double move, double all, float[] found) = Time(way, states, tokens, question);
                if (round >= 0)
                {
                    times[way].Move.Add(move * 1000 / (states - 1));
                    times[way].All.Add(all);
                }

                logits ??= found;
                if (found.AsSpan().SequenceEqual(logits))
                {
                    same.Add(way);
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {states} | {tokens} | {string.Join(" | ", Ways.Select(way => $"{Spread(times[way].Move)} | {Median(times[way].All).ToString("F3", CultureInfo.InvariantCulture)}"))} | {string.Join(", ", same)} |"));
    }

    private (double Move, double All, float[] Logits) Time(string way, int states, int tokens, int question)
    {
        bool isResident = way is "whole" or "pieces";
        for (int sequence = 0; sequence < context.Sequences; sequence++)
        {
            context.Remove(sequence, -1, -1);
        }

        for (int state = 0; state < (isResident ? states : 1); state++)
        {
            context.RestoreState(Loaded + state, new ReadOnlySpan<byte>(kept, bytes));
        }

        int[] asked = Tokens(question, 1);
        long start = Stopwatch.GetTimestamp();
        context.Copy(Loaded, Target, -1, -1);
        int position = tokens;
        for (int state = 1; state < states; state++)
        {
            switch (way)
            {
                case "file":
                    using (MappedFile file = MappedFile.Open(File(state)))
                    {
                        context.RestoreState(Scratch, file.Bytes);
                    }

                    break;
                case "compact file":
                    using (MappedFile file = MappedFile.Open(CompactFile(state)))
                    {
                        CompactState.Restore(context, Scratch, file.Bytes, threads);
                    }

                    break;
                case "kept":
                    context.RestoreState(Scratch, new ReadOnlySpan<byte>(kept, bytes));
                    break;
                case "whole":
                    context.SaveState(Loaded + state, new Span<byte>(buffer, bytes));
                    context.RestoreState(Scratch, new ReadOnlySpan<byte>(buffer, bytes));
                    break;
                case "pieces":
                    CopyPieces(Loaded + state, tokens);
                    break;
            }

            context.Remove(Scratch, 0, Head);
            context.Shift(Scratch, Head, -1, position - Head);
            context.Copy(Scratch, Target, -1, -1);
            context.Remove(Scratch, -1, -1);
            position += tokens - Head;
        }

        double move = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int last = Decode(asked, position, Target, Outputs.Last);
        float[] logits = context.Logits(last).ToArray();
        return (move, Stopwatch.GetElapsedTime(start).TotalSeconds, logits);
    }

    private void CopyPieces(int from, int tokens)
    {
        for (int done = Head; done < tokens; done += PieceTokens)
        {
            context.Copy(from, Piece, done, Math.Min(tokens, done + PieceTokens));
            int size = (int)context.StateSize(Piece);
            context.SaveState(Piece, new Span<byte>(buffer, size));
            context.RestoreState(Piece, new ReadOnlySpan<byte>(buffer, size));
            context.Copy(Piece, Scratch, -1, -1);
            context.Remove(Piece, -1, -1);
        }
    }

    private int Decode(int[] tokens, int position, int sequence, Outputs outputs)
    {
        int count = 0;
        for (int done = 0; done < tokens.Length; done += count)
        {
            count = Math.Min(context.Batch, tokens.Length - done);
            context.Decode(tokens.AsSpan(done, count), position + done, sequence, done + count < tokens.Length ? Outputs.None : outputs);
        }

        return count - 1;
    }
}
