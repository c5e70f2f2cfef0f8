using System.Diagnostics;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;

namespace MemOS.ActivationBench;

/// <summary>The library's own restore and decode, called directly in this process.</summary>
internal sealed class LibraryLoop : IDisposable
{
    private readonly LlamaModel model;
    private readonly LlamaContext context;
    private readonly MappedFile state;

    public LibraryLoop(string path, string stateFile, int tokens, int threads)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        model = LlamaModel.Load(path);
        context = LlamaContext.Create(model, new ContextSettings { Tokens = tokens, Threads = threads, Sequences = 4 });
        state = MappedFile.Open(stateFile);
    }

    /// <summary>The time to the logits of the first token of an answer.</summary>
    public double Time(int[] question, int position)
    {
        context.Remove(0, -1, -1);
        long start = Stopwatch.GetTimestamp();
        context.RestoreState(0, state.Bytes[StateFile.HeaderBytes..]);
        for (int done = 0; done < question.Length; done += context.Batch)
        {
            int count = Math.Min(context.Batch, question.Length - done);
            context.Decode(question.AsSpan(done, count), position + done, 0, done + count < question.Length ? Outputs.None : Outputs.Last);
        }

        context.Logits((question.Length - 1) % context.Batch);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        state.Dispose();
        context.Dispose();
        model.Dispose();
    }
}
