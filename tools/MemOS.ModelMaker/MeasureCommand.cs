using System.Globalization;
using MemOS.Models;
using MemOS.Models.Llama;

namespace MemOS.ModelMaker;

/// <summary><c>measure</c>: loads a model as applications do, in its host process, and tells how fast it is.</summary>
internal static class MeasureCommand
{
    private const int ContextTokens = 8192;
    private const int PromptTokens = 512;
    private const int AnswerTokens = 64;
    private const int Texts = 20;

    // Characters of a text to embed; each is a token of the models that are made here.
    private const int TextLength = 100;

    public static async Task RunAsync(string path, int threads, bool embeds, TextWriter output)
    {
        long start = TimeProvider.System.GetTimestamp();
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = embeds ? TextLength * 2 : ContextTokens, Sequences = 1, Threads = threads, Embeddings = embeds });
        ModelDescription description = await model.DescribeAsync();
        Tell(output, $"{description.Name}: {description.Description}, {description.Parameters:N0} weights in {description.WeightBytes:N0} bytes, {description.Vocabulary:N0} tokens, made for {description.TrainedContext:N0} positions");
        Tell(output, $"loaded in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:N0} ms by {description.CpuVariant} on {threads} threads; a context of {description.Context:N0} tokens, {description.CacheBytesPerToken:N0} bytes each in {description.Cache}");
        await (embeds ? EmbedAsync(model, output) : AnswerAsync(model, description, output));
    }

    private static async Task AnswerAsync(LocalModel model, ModelDescription description, TextWriter output)
    {
        await using SequenceLease sequence = await model.RentSequenceAsync();
        Random random = new(1);
        int promptTokens = Math.Min(PromptTokens, description.TrainedContext - AnswerTokens);
        if (promptTokens < 1)
        {
            throw new ModelException(ModelErrorCodes.ContextFull, $"{description.Name} was made for {description.TrainedContext} positions, and {AnswerTokens} tokens are said behind a prompt.");
        }

        int[] prompt = [.. Enumerable.Range(0, promptTokens).Select(_ => random.Next(description.Vocabulary))];
        await sequence.DecodeAsync(prompt, 0, Outputs.Last); // warms up what is read from the file
        await sequence.RunAsync([new MemOS.Models.Llama.Protocol.RemoveStep(sequence.Sequence)]);
        long start = TimeProvider.System.GetTimestamp();
        StepResults read = await sequence.DecodeAsync(prompt, 0, Outputs.Last);
        double prefill = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        start = TimeProvider.System.GetTimestamp();
        for (int token = 0; token < AnswerTokens; token++)
        {
            int next = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(read.Row(0));
            read = await sequence.DecodeAsync(new[] { next }, promptTokens + token, Outputs.Last);
        }

        Tell(output, $"reads {promptTokens / prefill:F1} tokens/s in a prompt of {promptTokens}, says {AnswerTokens / TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} tokens/s behind it");
        await sequence.RunAsync([new MemOS.Models.Llama.Protocol.RemoveStep(sequence.Sequence)]);
        start = TimeProvider.System.GetTimestamp();
        await model.EraseAsync();
        double first = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        start = TimeProvider.System.GetTimestamp();
        await model.EraseAsync();
        using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(model.ProcessId ?? 0);
        Tell(output, $"overwrites what was forgotten in {first:N0} ms, then in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:N0} ms; takes {process.WorkingSet64 >> 20:N0} MB");
    }

    private static async Task EmbedAsync(LocalModel model, TextWriter output)
    {
        string[] texts = [.. Enumerable.Range(0, Texts).Select(text => string.Concat(Enumerable.Range(0, TextLength / 2).Select(letter => $"{(char)('a' + ((letter * (text + 1)) % 26))} ")))];
        await model.EmbedAsync(texts[..1]);
        long start = TimeProvider.System.GetTimestamp();
        float[][] vectors = await model.EmbedAsync(texts);
        Tell(output, $"embeds {Texts / TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} texts/s of {TextLength / 2} words, {vectors[0].Length} values each");
    }

    private static void Tell(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
