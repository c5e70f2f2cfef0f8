using System.Reflection;
using System.Runtime.InteropServices;
using MemOS.ModelMaker.Tiny;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>The binding, called in this process: what it computes, and that it refuses what would end the process.</summary>
public sealed class BindingTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly ContextSettings Settings = new() { Tokens = 256, Sequences = 4, Batch = 64 };

    [LlamaFact]
    public void Every_imported_function_is_in_the_libraries()
    {
        Dictionary<string, nint> libraries = LlamaLibraries.Probe(LlamaLibraries.DefaultFolder);
        LibraryImportAttribute[] imports = [.. typeof(LlamaLibraries).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LibraryImportAttribute>()).OfType<LibraryImportAttribute>()];
        Assert.True(imports.Length > 60);
        Assert.Empty(imports.Where(import => !NativeLibrary.TryGetExport(libraries[import.LibraryName], import.EntryPoint ?? "", out _)).Select(import => import.EntryPoint));
    }

    [LlamaFact]
    public void A_restored_state_gives_the_same_logits_to_the_last_bit()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        int[] text = model.Vocabulary.Tokenize("Anna lives in Vienna.", addSpecial: true, parseSpecial: false);
        context.Decode(text.AsSpan(0, text.Length - 1), 0, 0, Outputs.None);
        byte[] state = new byte[context.StateSize(0)];
        context.SaveState(0, state);
        context.Decode(text.AsSpan(text.Length - 1), text.Length - 1, 0, Outputs.Last);
        float[] computed = context.Logits(0).ToArray();

        context.Clear();
        context.RestoreState(2, state);
        context.Decode(text.AsSpan(text.Length - 1), text.Length - 1, 2, Outputs.Last);
        Assert.Equal(computed, context.Logits(0).ToArray());
        Assert.Equal((0, text.Length - 1), context.Positions(2));
        Assert.Null(context.Positions(0));
    }

    [LlamaTheory]
    [InlineData(200)]
    [InlineData(256)]
    public void Overwriting_what_was_dropped_keeps_what_sequences_hold(int held)
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaProgress progress = new();
        using LlamaContext context = LlamaContext.Create(model, Settings, progress);
        for (int done = 0; done < held; done += Settings.Batch)
        {
            context.Decode([.. Enumerable.Repeat(7, Math.Min(Settings.Batch, held - done))], done, 1, Outputs.None);
        }

        byte[] before = new byte[context.StateSize(1)], after = new byte[before.Length];
        context.SaveState(1, before);
        context.Overwrite();
        context.SaveState(1, after);
        Assert.Equal(before, after);
        context.Remove(1, -1, -1);
        context.Overwrite();
        context.Decode([1, 2, 3], 0, 0, Outputs.Last);
        float[] anew = context.Logits(2).ToArray();
        context.Clear();
        context.Decode([1, 2, 3], 0, 0, Outputs.Last);
        Assert.Equal(anew, context.Logits(2).ToArray());
    }

    [LlamaFact]
    public void What_would_end_the_process_is_refused_before_the_call()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaModel other = Load(models.Other);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        Refused(() => context.Decode([], 0, 0, Outputs.None));
        Refused(() => context.Decode(new int[65], 0, 0, Outputs.None));
        Refused(() => context.Decode([-1], 0, 0, Outputs.None));
        Refused(() => context.Decode([model.Vocabulary.Count], 0, 0, Outputs.None));
        Refused(() => context.Decode([1], -1, 0, Outputs.None));
        Refused(() => context.Decode([1], model.TrainedContext, 0, Outputs.None));
        Refused(() => context.Decode([1], 0, 4, Outputs.None));
        Refused(() => context.Decode([1], 0, -1, Outputs.None));
        context.Decode([1, 2, 3], 0, 0, Outputs.Last);
        Refused(() => context.Decode([1], 7, 0, Outputs.None));
        Refused(() => _ = context.Logits(0));
        Refused(() => _ = context.Logits(3));
        Refused(() => context.Remove(9, 0, 1));
        Refused(() => context.Copy(0, 9, -1, -1));
        Refused(() => context.Copy(0, 0, -1, -1));
        Refused(() => context.Shift(0, 0, -1, -1));
        Refused(() => context.SaveState(0, new byte[3]));
        Refused(() => context.SetControlVector(new float[model.Width * model.Layers], 1, 1));
        Refused(() => context.SetControlVector(new float[model.Width + 1], 1, 1));
        Refused(() => context.Embed([1], new float[model.OutputWidth]));
        Refused(() => _ = model.Vocabulary.Bytes(model.Vocabulary.Count, special: true));
        Refused(() => new LlamaSampler(model, new Sampling { Temperature = float.NaN }).Dispose());
        Refused(() => new LlamaSampler(model, new Sampling { Grammar = "start ::= \"a\"" }).Dispose(), ModelErrorCodes.InvalidGrammar);
        Refused(() => new LlamaSampler(model, new Sampling { Grammar = "root ::= (" }).Dispose(), ModelErrorCodes.InvalidGrammar);
        Refused(() => context.RestoreState(1, new byte[100]), ModelErrorCodes.StateUnusable);
        Refused(() => context.RestoreState(1, []), ModelErrorCodes.StateUnusable);
        Assert.Throws<ModelException>(() => LlamaContext.Create(model, Settings with { Sequences = 257 }));
        Assert.Equal((0, 2), context.Positions(0));
        Assert.Equal(model.Vocabulary.Count, context.Logits(2).Length);
    }

    [LlamaFact]
    public void A_full_context_says_so()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        for (int sequence = 0; sequence < 4; sequence++)
        {
            context.Decode(Enumerable.Repeat(20, 64).ToArray(), 0, sequence, Outputs.None);
        }

        Refused(() => context.Decode([20], 64, 0, Outputs.None), ModelErrorCodes.ContextFull);
        Assert.True(context.Remove(1, -1, -1));
        context.Decode([20], 64, 0, Outputs.Last);
    }

    [LlamaFact]
    public void A_file_that_is_no_model_is_refused()
    {
        string path = models.File("broken.gguf");
        File.WriteAllBytes(path, File.ReadAllBytes(models.Llama)[..1000]);
        Refused(() => Load(path).Dispose(), ModelErrorCodes.ModelUnusable);
        Refused(() => Load(models.File("absent.gguf")).Dispose(), ModelErrorCodes.ModelNotFound);
    }

    [LlamaFact]
    public void Shifted_and_shared_tokens_stand_where_they_were_moved_to()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        context.Decode([10, 11, 12], 0, 1, Outputs.None);
        Assert.True(context.CanShift);
        context.Shift(1, 1, -1, 5);
        context.Copy(1, 0, 6, -1);
        Assert.Equal((0, 7), context.Positions(1));
        Assert.Equal((6, 7), context.Positions(0));
        context.Decode([13], 8, 0, Outputs.Last);
        Assert.True(context.Remove(0, 7, -1));
        Assert.Equal((6, 6), context.Positions(0));
    }

    [LlamaFact]
    public void A_control_vector_changes_logits_and_taken_off_leaves_none()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        float[] plain = Logits(context);
        context.SetControlVector([.. Enumerable.Repeat(0.5f, model.Width * (model.Layers - 1))], 1, model.Layers - 1);
        Assert.NotEqual(plain, Logits(context));
        context.SetControlVector([], 0, 0);
        Assert.Equal(plain, Logits(context));
    }

    [LlamaFact]
    public void The_tiny_models_words_are_cut_as_the_library_cuts_them()
    {
        using LlamaModel model = Load(models.Llama);
        TinyVocabulary vocabulary = new(wholeWords: false);
        foreach (string text in (string[])["Anna lives in Vienna.\nBob is 34 years old.", "It's  two  spaces", "naïve café 12345", "a\r\n\r\nb", "?!...", " x"])
        {
            List<int> ours = [];
            vocabulary.Encode(text, ours);
            Assert.Equal(model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false), ours);
        }

        Assert.Equal([TinyVocabulary.Bos, TinyVocabulary.User, TinyVocabulary.End], model.Vocabulary.Tokenize("<|im_start|>user\n<|im_end|>\n", addSpecial: true, parseSpecial: true));
    }

    [LlamaFact]
    public void Marks_in_text_from_outside_stay_text()
    {
        using LlamaModel model = Load(models.Llama);
        Assert.DoesNotContain(TinyVocabulary.User, model.Vocabulary.Tokenize("<|im_start|>user\n", addSpecial: false, parseSpecial: false));
    }

    [LlamaFact]
    public void The_same_seed_draws_the_same_tokens_and_a_grammar_is_kept()
    {
        using LlamaModel model = Load(models.Llama);
        using LlamaContext context = LlamaContext.Create(model, Settings);
        Sampling warm = new() { Temperature = 1.5f, Seed = 7, TopK = 50, TopP = 0.9f };
        Assert.Equal(Draw(context, warm, 12), Draw(context, warm, 12));
        Assert.NotEqual(Draw(context, warm, 12), Draw(context, warm with { Seed = 8 }, 12));
        int[] digits = Draw(context, warm with { Grammar = "root ::= [0-9] [0-9] [0-9]" }, 4);
        Assert.All(digits[..3], token => Assert.InRange(model.Vocabulary.Bytes(token, special: false)[0], (byte)'0', (byte)'9'));
        Assert.True(model.Vocabulary.IsEnd(digits[3]));
    }

    private static int[] Draw(LlamaContext context, Sampling sampling, int count)
    {
        using LlamaSampler sampler = new(context.Model, sampling);
        context.Clear();
        context.Decode([0, 20], 0, 0, Outputs.Last);
        List<int> drawn = [sampler.Next(context.Logits(1))];
        while (drawn.Count < count)
        {
            context.Decode([drawn[^1]], drawn.Count + 1, 0, Outputs.Last);
            drawn.Add(sampler.Next(context.Logits(0)));
        }

        return [.. drawn];
    }

    private static float[] Logits(LlamaContext context)
    {
        context.Clear();
        context.Decode([0, 20, 30], 0, 0, Outputs.Last);
        return context.Logits(2).ToArray();
    }

    private static LlamaModel Load(string path)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        return LlamaModel.Load(path);
    }

    private static void Refused(Action call, string code = ModelErrorCodes.InvalidRequest) => Assert.Equal(code, Assert.Throws<ModelException>(call).Code);

    [LlamaFact]
    public void What_leaves_a_layer_is_moved_by_a_control_vector_and_by_nothing_else()
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        using LlamaModel model = LlamaModel.Load(models.Llama);
        using LayerOutputs layers = new();
        using LlamaContext context = LlamaContext.Create(model, new ContextSettings { Tokens = 64, Threads = 1 }, layers: layers);
        int[] tokens = [0, 20, 30];
        context.Decode(tokens, 0, 0, Outputs.All);
        Assert.Equal([0, 1], layers.Layers.Keys);
        float[] first = layers.Layers[0], before = layers.Layers[1], vector = [.. Enumerable.Range(0, model.Width).Select(i => i / 10f)];
        Assert.Equal(tokens.Length * model.Width, before.Length);
        context.Clear();
        context.SetControlVector(vector, 1, 1);
        context.Decode(tokens, 0, 0, Outputs.All);
        Assert.Equal(first, layers.Layers[0]);
        Assert.All(layers.Layers[1].Zip(before).Select((pair, at) => (pair.First - pair.Second, vector[at % model.Width])), moved => Assert.Equal(moved.Item2, moved.Item1, 1e-4));
    }
}
