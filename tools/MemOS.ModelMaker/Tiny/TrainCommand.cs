using System.Globalization;
using MemOS.ModelMaker.Gguf;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary><c>train</c>: trains the tiny model and writes it.</summary>
internal static class TrainCommand
{
    private const int WarmUp = 100;

    // Words are seen rarely, but every step pushes all of them a little away from what was said; at the full rate the push makes them alike.
    private const float EmbeddingShare = 0.3f;

    // Weights are written now and then, so that an ended run leaves the best it had.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(2);

    public static void Run(string path, int threads, TextWriter output)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        TinyVocabulary vocabulary = new();
        DecoderShape shape = TinyShape.Of(vocabulary.Count);
        using TensorBackend backend = TensorBackend.CreateCpu(threads);
        using DecoderWeights weights = new(shape, backend, TinyShape.Has, isTrained: true);
        new TinyStart(shape, seed: 1).Fill(weights, vocabulary);
        using AdamW optimizer = new(backend, [.. weights.Named.Select(weight => weight.Tensor)], place => place == 0 ? EmbeddingShare : 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weights.Named.Sum(weight => weight.Tensor.Count)} weights, {vocabulary.Count} tokens"));
        Lessons lessons = new(vocabulary, new Random(1), TinyShape.Context);
        TrainingReport report = new(output);
        long saved = TimeProvider.System.GetTimestamp();
        int steps = 0;
        foreach (TrainingStage stage in TrainingStage.Curriculum)
        {
            using TinyGraph graph = new(weights, backend, optimizer, stage.Length, stage.Rows, stage.Chosen);
            for (int step = 0; step < stage.Steps; step++)
            {
                float rate = float.Lerp(stage.Rate, stage.LastRate, (float)step / stage.Steps) * MathF.Min(1, ++steps / (float)WarmUp);
                report.Add(stage, graph.Step(lessons.Batch(stage), rate));
                if (TimeProvider.System.GetElapsedTime(saved) > SaveEvery)
                {
                    saved = TimeProvider.System.GetTimestamp();
                    TinyExport.Write(weights, vocabulary, path, TensorEncoding.F16);
                }
            }
        }

        TinyExport.Write(weights, vocabulary, path, TensorEncoding.F16);
    }
}
