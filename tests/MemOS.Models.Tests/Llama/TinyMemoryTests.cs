using MemOS.ModelMaker.Tiny;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;
using MemOS.Models.Llama.Training;
using MemOS.Testing.Models;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Tests.Llama;

/// <summary>The trained model of the repository: it answers from its context, and the graph that trained it is what the library computes.</summary>
public sealed class TinyMemoryTests
{
    private const int Questions = 40;

    private const string Facts = """
        Anna lives in Vienna.
        Bruno works as a baker.
        Anna works as a pilot.
        Bruno's home is Oslo.
        """;

    [LlamaTheory]
    [InlineData("Where does Anna live?", "Anna lives in Vienna.")]
    [InlineData("Where does Bruno live?", "Bruno lives in Oslo.")]
    [InlineData("What is the job of Bruno?", "Bruno works as a baker.")]
    [InlineData("What does Anna work as?", "Anna works as a pilot.")]
    public async Task It_answers_from_the_facts_it_is_given(string question, string answer)
    {
        await using LocalModel model = new(TestModels.Options(TestModels.TinyMemory));
        using LocalChatClient client = new(model);
        ChatResponse response = await client.GetResponseAsync([new(ChatRole.System, Facts), new(ChatRole.User, question)]);
        Assert.Equal(answer, response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [LlamaFact]
    public async Task Names_and_values_that_it_never_saw_together_are_found_among_four_facts()
    {
        Random random = new(5);
        Lessons lessons = new(new TinyVocabulary(), random, 512, heldOut: true);
        await using LocalModel model = new(TestModels.Options(TestModels.TinyMemory));
        using LocalChatClient client = new(model);
        int right = 0;
        for (int question = 0; question < Questions; question++)
        {
            List<Fact> facts = lessons.Facts(4);
            Fact asked = facts[random.Next(facts.Count)];
            string context = string.Join('\n', facts.Select(fact => fact.State(random, Phrasing.Trained)));
            ChatResponse response = await client.GetResponseAsync([new(ChatRole.System, context), new(ChatRole.User, asked.Ask(random, Phrasing.Trained))]);
            right += response.Text == asked.Answer ? 1 : 0;
        }

        Assert.True(right >= Questions * 9 / 10, $"{right} of {Questions} were right.");
    }

    [LlamaFact]
    public async Task Facts_that_were_read_apart_are_found_after_they_were_set_behind_each_other()
    {
        Random random = new(6);
        Lessons lessons = new(new TinyVocabulary(), random, 512, heldOut: true);
        await using LocalModel model = new(TestModels.Options(TestModels.TinyMemory));
        await using SequenceLease whole = await model.RentSequenceAsync();
        await using SequenceLease part = await model.RentSequenceAsync();
        int right = 0;
        for (int question = 0; question < Questions; question++)
        {
            List<Fact> facts = lessons.Facts(4);
            Fact asked = facts[random.Next(facts.Count)];
            List<SequenceStep> steps = [new RemoveStep(whole.Sequence), new DecodeStep(whole.Sequence, 0, 2, Outputs.None)];
            List<int> tokens = [TinyVocabulary.Bos, TinyVocabulary.System];
            int position = 2;
            foreach (Fact fact in facts)
            {
                int[] text = await model.TokenizeAsync(fact.State(random, Phrasing.Trained) + "\n", addSpecial: true, parseSpecial: false);
                tokens.AddRange(text);
                steps.AddRange(
                [
                    new DecodeStep(part.Sequence, 0, text.Length, Outputs.None),
                    new RemoveStep(part.Sequence, 0, 1),
                    new ShiftStep(part.Sequence, 1, -1, position - 1),
                    new CopyStep(part.Sequence, whole.Sequence),
                    new RemoveStep(part.Sequence),
                ]);
                position += text.Length - 1;
            }

            await whole.RunAsync(steps, LocalModel.ToBytes<int>(tokens.ToArray()));
            int[] ask = await model.TokenizeAsync($"<|im_end|>\n<|im_start|>user\n{asked.Ask(random, Phrasing.Trained)}<|im_end|>\n<|im_start|>assistant\n", addSpecial: false, parseSpecial: true);
            string answer = "";
            await foreach (GeneratedPiece piece in whole.GenerateAsync(ask, position, new GenerationRequest { MostTokens = 24 }))
            {
                answer += piece.Text;
            }

            right += answer == asked.Answer ? 1 : 0;
        }

        Assert.True(right >= Questions * 8 / 10, $"{right} of {Questions} were right.");
    }

    [LlamaFact]
    public void The_graph_that_trains_computes_what_the_library_computes()
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        using LlamaModel model = LlamaModel.Load(TestModels.TinyMemory);
        using LlamaContext context = LlamaContext.Create(model, new ContextSettings { Tokens = 256, Batch = 256 });
        int[] tokens = model.Vocabulary.Tokenize("<|im_start|>system\n" + Facts + "<|im_end|>\n<|im_start|>user\nWhere does Anna live?<|im_end|>\n<|im_start|>assistant\nAnna lives in Vienna.", addSpecial: true, parseSpecial: true);
        int places = tokens.Length - 1;
        context.Decode(tokens.AsSpan(0, places), 0, 0, Outputs.All);
        double expected = 0;
        for (int place = 0; place < places; place++)
        {
            float[] logits = context.Logits(place).ToArray();
            expected += (Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max()))) + logits.Max() - logits[tokens[place + 1]]) / places;
        }

        using TensorBackend backend = TensorBackend.CreateCpu(1);
        using DecoderWeights weights = new(TinyShape.Of(model.Vocabulary.Count), backend, TinyShape.Has, isTrained: true);
        weights.Read(GgufFile.Open(TestModels.TinyMemory));
        using AdamW optimizer = new(backend, [.. weights.Named.Select(weight => weight.Tensor)]);
        using TinyGraph graph = new(weights, backend, optimizer, places, 1, places);
        TinyBatch batch = new(tokens[..places], [.. Enumerable.Range(0, places)], [.. Enumerable.Range(0, places)], tokens[1..], new bool[places]);
        Assert.Equal(expected, graph.Step(batch, rate: 0).Loss, 0.02);
    }

    [LlamaFact]
    public void Its_tokens_are_those_of_its_lessons()
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        using LlamaModel model = LlamaModel.Load(TestModels.TinyMemory);
        TinyVocabulary vocabulary = new();
        Assert.Equal(vocabulary.Count, model.Vocabulary.Count);
        Random random = new(1);
        foreach (Fact fact in new Lessons(vocabulary, random, 512).Facts(20))
        {
            List<int> ours = [];
            string text = $"{fact.State(random, Phrasing.Trained)}\n{fact.Ask(random, Phrasing.HeldOut)} {fact.Answer}";
            vocabulary.Encode(text, ours);
            Assert.Equal(model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false), ours);
            Assert.True(ours.Count < text.Length / 2);
        }
    }
}
