using System.Globalization;
using MemOS.ModelMaker.Gguf;
using MemOS.Models.Llama.Native;

namespace MemOS.ModelMaker.Tiny;

/// <summary><c>train</c>: trains the tiny model, from random weights or from a file of an earlier run, and writes it.</summary>
internal static class TrainCommand
{
    private const int ReportEvery = 50;

    // Words are seen rarely, but every step pushes all of them a little away from what was said; at the full rate the push makes them alike.
    private const float EmbeddingShare = 0.3f;

    // Weights are written now and then, so that an ended run leaves the best it had.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(2);

    public static void Run(string path, TimeSpan time, int threads, string? from, TextWriter output)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        TinyVocabulary vocabulary = new();
        TinyShape shape = new() { Vocabulary = vocabulary.Count };
        using TensorBackend backend = TensorBackend.CreateCpu(threads);
        using TinyWeights weights = new(shape, backend);
        if (from is not null)
        {
            weights.Read(from);
        }
        else
        {
            new TinyStart(shape, seed: 1).Fill(weights, vocabulary);
        }

        using AdamW optimizer = new(backend, [.. weights.Named.Select(weight => weight.Tensor)], place => place == 0 ? EmbeddingShare : 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weights.Named.Sum(weight => weight.Tensor.Count)} parameters, {vocabulary.Count} tokens"));
        Lessons lessons = new(vocabulary, new Random(1), shape.Context);
        long start = TimeProvider.System.GetTimestamp(), saved = start;
        // What was trained before can say what it read: it begins with the second stage.
        IReadOnlyList<TrainingStage> stages = from is null ? TrainingStage.Curriculum : [.. TrainingStage.Curriculum.Skip(1)];
        double done = 0, all = stages.Sum(stage => stage.Share);
        int step = 0;
        long tokens = 0;
        foreach (TrainingStage stage in stages)
        {
            using TinyGraph graph = new(weights, backend, optimizer, stage.Length, stage.Rows, stage.Chosen);
            TrainingReport report = new();
            for (double part = 0; part < 1; part = ((TimeProvider.System.GetElapsedTime(start) / time) - done) / (stage.Share / all))
            {
                step++;
                float rate = (stage.Rate + ((stage.LastRate - stage.Rate) * (float)part)) * MathF.Min(1, step / 100f);
                report.Add(graph.Step(lessons.Batch(stage), rate));
                tokens += stage.Length * stage.Rows;
                if (step % ReportEvery == 0)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} s, step {step}, {tokens} tokens, up to {stage.MostFacts} facts: {report.Take()}"));
                }

                if (TimeProvider.System.GetElapsedTime(saved) > SaveEvery)
                {
                    saved = TimeProvider.System.GetTimestamp();
                    TinyExport.Write(weights, vocabulary, path, TensorEncoding.F16);
                }
            }

            done += stage.Share / all;
        }

        TinyExport.Write(weights, vocabulary, path, TensorEncoding.F16);
    }
}
