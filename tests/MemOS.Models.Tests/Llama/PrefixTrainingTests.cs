using System.Numerics.Tensors;
using MemOS.ModelMaker.RandomModels;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;
using MemOS.Models.Llama.Training;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Keys and values of a prefix are trained by right gradients, and mean the same to the library.</summary>
public sealed class PrefixTrainingTests(TestModels models) : IClassFixture<TestModels>
{
    private const int HeadTokens = 3;
    private const int Trained = 5;

    private static readonly int[] Text = [0, 11, 12, 20, 21, 22, 23, 24, 25, 26, 27];
    private static readonly int[][] Asked = [[40, 41, 42, 43], [50, 51, 52], [60, 61, 62, 63, 64]];

    [LlamaFact]
    public void Gradients_are_those_that_small_changes_show() => Assert.All(Kinds(), ShowGradients);

    [LlamaFact]
    public void A_trained_prefix_means_the_same_to_the_library_as_to_the_graph_that_trained_it() => Assert.All(Kinds(), ShowMeaning);

    // Heads that are normed and turned by halves, and positions that are slowed pair by pair, beside those of the plain kind.
    private string[] Kinds()
    {
        string normed = models.File("normed.gguf"), slowed = models.File("slowed.gguf");
        RandomModel.Write(normed, ModelShape.Qwen3.Tiny() with { RopeBase = 100 }, TensorEncoding.F16, seed: 11);
        RandomModel.Write(slowed, ModelShape.Llama.Tiny() with { RopeBase = 100, SlowsPositions = true }, TensorEncoding.F16, seed: 12);
        return [models.Llama, normed, slowed];
    }

    private static void ShowGradients(string model)
    {
        using Bench bench = new(model);
        (double loss, CachedPrefix gradient) = bench.Loss(bench.Start);
        double length = 0;
        for (int layer = 0; layer < bench.Start.Keys.Length; layer++)
        {
            length += TensorPrimitives.SumOfSquares(gradient.Keys[layer]) + TensorPrimitives.SumOfSquares(gradient.Values[layer]);
            Assert.True(TensorPrimitives.Norm(gradient.Keys[layer]) > 1e-4 && TensorPrimitives.Norm(gradient.Values[layer]) > 1e-4, "A layer has no gradient.");
        }

        // Along the gradient: the slope there is its length squared, and all of its values take part.
        float reach = (float)(0.02 / Math.Sqrt(length));
        double slope = (bench.Loss(Moved(reach)).Loss - bench.Loss(Moved(-reach)).Loss) / (2 * reach);
        Assert.Equal(1, slope / length, 0.02);
        Assert.True(loss > 0.1, $"The divergence is {loss} at the beginning: the test shows nothing.");

        // And one value of each matrix alone.
        for (int layer = 0; layer < bench.Start.Keys.Length; layer++)
        {
            foreach (Func<CachedPrefix, float[]> which in (Func<CachedPrefix, float[]>[])[prefix => prefix.Keys[layer], prefix => prefix.Values[layer]])
            {
                int at = TensorPrimitives.IndexOfMaxMagnitude(which(gradient));
                const float Little = 0.05f;
                double alone = (bench.Loss(Changed(which, at, Little)).Loss - bench.Loss(Changed(which, at, -Little)).Loss) / (2 * Little);
                Assert.Equal(1, alone / which(gradient)[at], 0.05);
            }
        }

        CachedPrefix Moved(float by) => bench.Start with { Keys = Sum(bench.Start.Keys, gradient.Keys, by), Values = Sum(bench.Start.Values, gradient.Values, by) };

        CachedPrefix Changed(Func<CachedPrefix, float[]> which, int at, float by)
        {
            CachedPrefix changed = bench.Start with { Keys = Sum(bench.Start.Keys, gradient.Keys, 0), Values = Sum(bench.Start.Values, gradient.Values, 0) };
            which(changed)[at] += by;
            return changed;
        }
    }

    private static void ShowMeaning(string model)
    {
        using Bench bench = new(model);
        using PrefixTraining training = bench.Train(bench.Start);
        double first = training.Step(bench.Studies, 0);
        for (int step = 0; step < 100; step++)
        {
            training.Step(bench.Studies, 0.05f);
        }

        double last = training.Step(bench.Studies, 0);
        Assert.True(last < first * 0.6, $"{first} before, {last} after.");
        CachedPrefix trained = training.Read();
        byte[] state = bench.State.ToArray();
        trained.Write(state);
        bench.Context.Clear();
        bench.Context.RestoreState(0, state);
        Assert.Equal((0, HeadTokens + Trained - 1), bench.Context.Positions(0));

        // What was not trained is what it was, and what was trained is there, in half precision.
        Assert.Equal(CachedPrefix.Read(bench.State, 0, HeadTokens).Keys[1], CachedPrefix.Read(state, 0, HeadTokens).Keys[1]);
        Assert.All(CachedPrefix.Read(state, HeadTokens, Trained).Values[1].Zip(trained.Values[1]), pair => Assert.Equal(pair.Second, pair.First, Math.Abs(pair.Second) * 1e-3 + 1e-6));
        int learned = 0;
        foreach (Study study in bench.Studies)
        {
            bench.Context.Copy(0, 1, -1, -1);
            bench.Context.Decode(study.Tokens, HeadTokens + Trained, 1, Outputs.All);
            for (int place = 0; place < study.Labels.Count; place++)
            {
                float[] graph = training.Logits(learned++), library = bench.Context.Logits(study.First + place).ToArray();
                Assert.All(graph.Zip(library), pair => Assert.Equal(pair.First, pair.Second, 0.02)); // of logits from about -4 to 4: weights and cache are halves there
            }

            bench.Context.Remove(1, -1, -1);
        }
    }

    [LlamaFact]
    public async Task The_host_trains_a_prefix_that_brings_the_tiny_model_to_the_answers_of_the_whole_text()
    {
        await using LocalModel model = new(TestModels.Options(TestModels.TinyMemory));
        ChatLayout layout = new(model);
        const string Facts = "Anna lives in Vienna.\nBruno works as a baker.\nAnna works as a pilot.\nBruno lives in Oslo.\nClara plays the violin.\nClara speaks Dutch.\n";
        string[] asked = ["Where does Anna live?", "Where does Bruno live?", "What does Bruno work as?", "What does Anna work as?", "Which instrument does Clara play?", "Which language does Clara speak?"];
        NotedPrompt prompt = await layout.TokensAsync("", [Facts], [new ChatTurn("user", "")], default);
        List<int[]> questions = [];
        foreach (string question in asked)
        {
            questions.Add((await layout.TokensAsync("", [], [new ChatTurn("user", question)], default)).Rest);
        }

        string path = models.File("cartridge.state");
        List<int> told = [];
        PrefixPlan plan = new() { Tokens = 12, Steps = 80, Rate = 0.05f, AnswerTokens = 16, Threads = 1 };
        TrainedPrefix result = await model.TrainPrefixAsync(prompt.Head, prompt.Notes[0], questions, plan, path, new Told(told));
        Assert.True(result.After < result.Before / 5, $"{result.Before} before, {result.After} after.");
        Assert.Equal([.. Enumerable.Range(1, 8).Select(ten => ten * 10)], told);

        // Asked in other words than it was trained with.
        await using SequenceLease sequence = await model.RentSequenceAsync();
        int[] otherwise = (await layout.TokensAsync("", [], [new ChatTurn("user", "In which city does Anna live?")], default)).Rest;
        StepResults mounted = await sequence.RunAsync([new RestoreStep(sequence.Sequence, path, Verify: true)]);
        Assert.Equal(prompt.Head.Length + plan.Tokens - 1, mounted.Results[0].Last);
        string answer = "";
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(otherwise, prompt.Head.Length + plan.Tokens, new GenerationRequest { MostTokens = 16 }))
        {
            answer += piece.Text;
        }

        Assert.Equal("Anna lives in Vienna.", answer);
    }

    [LlamaFact]
    public async Task A_model_that_cannot_be_trained_for_is_refused_with_what_is_in_the_way()
    {
        await RefusedAsync(new LocalModel(TestModels.Options(models.Halved)), ModelErrorCodes.TrainingUnsupported, "scaled");
        Assert.False(File.Exists(models.File("refused.state")));
    }

    private async Task RefusedAsync(LocalModel model, string code, string why)
    {
        await using LocalModel owned = model;
        PrefixPlan plan = new() { Tokens = 2, Steps = 1, Rate = 0.01f, AnswerTokens = 2, Threads = 1 };
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => model.TrainPrefixAsync(new[] { 0 }, Text, [[40, 41]], plan, models.File("refused.state")));
        Assert.Equal(code, refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static float[][] Sum(float[][] values, float[][] others, float scale) =>
        [.. values.Zip(others, (one, other) => (float[])[.. one.Zip(other, (value, more) => value + (scale * more))])];

    private sealed class Told(List<int> steps) : IProgress<(int Step, double Divergence)>
    {
        public void Report((int Step, double Divergence) value) => steps.Add(value.Step);
    }

    /// <summary>A small model in this process, a text that it has read, and what it would say behind it.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly LlamaModel model;
        private readonly TensorBackend backend;
        private readonly DecoderWeights weights;

        public Bench(string path)
        {
            LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
            model = LlamaModel.Load(path);
            Context = LlamaContext.Create(model, new ContextSettings { Tokens = 256, Sequences = 2, Threads = 1 });
            Context.Decode(Text, 0, 0, Outputs.None);
            foreach (int[] asked in Asked)
            {
                Context.Copy(0, 1, -1, -1);
                Context.Decode(asked, Text.Length, 1, Outputs.All);
                Studies.Add(new Study(asked, 1, [.. Enumerable.Range(1, asked.Length - 1).Select(place => NextToken.Of(Context.Logits(place)))]));
                Context.Remove(1, -1, -1);
            }

            Context.Clear();
            Context.Decode(Text.AsSpan(0, HeadTokens + Trained), 0, 0, Outputs.None);
            State = new byte[Context.StateSize(0)];
            Context.SaveState(0, State);
            Start = CachedPrefix.Read(State, HeadTokens, Trained);
            TrainableModel file = TrainableModel.Open(path);
            backend = TensorBackend.CreateCpu(1);
            weights = new DecoderWeights(file.Shape, backend, file.File.Tensors.ContainsKey, isTrained: false);
            weights.Read(file.File);
        }

        public LlamaContext Context { get; }

        public List<Study> Studies { get; } = [];

        public byte[] State { get; }

        public CachedPrefix Start { get; }

        public PrefixTraining Train(CachedPrefix start) => new(weights, backend, CachedPrefix.Read(State, 0, HeadTokens), start, 16, Studies.Sum(study => study.Labels.Count));

        public (double Loss, CachedPrefix Gradient) Loss(CachedPrefix start)
        {
            using PrefixTraining training = Train(start);
            double loss = training.Step(Studies, 0);
            (float[] Keys, float[] Values)[] gradients = [.. Enumerable.Range(0, start.Keys.Length).Select(training.Gradients)];
            return (loss, start with { Keys = [.. gradients.Select(layer => layer.Keys)], Values = [.. gradients.Select(layer => layer.Values)] });
        }

        public void Dispose()
        {
            weights.Dispose();
            backend.Dispose();
            Context.Dispose();
            model.Dispose();
        }
    }
}
