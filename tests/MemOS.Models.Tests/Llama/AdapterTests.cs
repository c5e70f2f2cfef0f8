using MemOS.ModelMaker.RandomModels;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Tests.Llama;

/// <summary>LoRA adapters over a local model.</summary>
public sealed class AdapterTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly int[] Tokens = [0, 20, 30, 40];

    [LlamaFact]
    public async Task An_adapter_changes_logits_by_its_scale_and_taken_off_leaves_none()
    {
        string path = Adapter("adapter.gguf", ModelShape.Llama.Tiny(), seed: 1);
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using SequenceLease sequence = await model.RentSequenceAsync();
        float[] plain = await LogitsAsync(sequence, []);
        await sequence.LoadAdapterAsync(path);
        Assert.Equal(plain, await LogitsAsync(sequence, []));
        float[] whole = await LogitsAsync(sequence, [new AdapterUse(path, 1)]);
        float[] half = await LogitsAsync(sequence, [new AdapterUse(path, 0.5f)]);
        Assert.NotEqual(plain, whole);
        Assert.NotEqual(plain, half);
        Assert.NotEqual(whole, half);
        Assert.Equal(whole, await LogitsAsync(sequence, [new AdapterUse(path, 1)]));
        Assert.Equal(plain, await LogitsAsync(sequence, []));
    }

    [LlamaFact]
    public async Task Two_adapters_are_applied_together()
    {
        string first = Adapter("first.gguf", ModelShape.Llama.Tiny(), seed: 2), second = Adapter("second.gguf", ModelShape.Llama.Tiny(), seed: 3);
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using SequenceLease sequence = await model.RentSequenceAsync();
        await sequence.LoadAdapterAsync(first);
        await sequence.LoadAdapterAsync(second);
        float[] both = await LogitsAsync(sequence, [new AdapterUse(first, 1), new AdapterUse(second, 1)]);
        Assert.NotEqual(await LogitsAsync(sequence, [new AdapterUse(first, 1)]), both);
        Assert.NotEqual(await LogitsAsync(sequence, [new AdapterUse(second, 1)]), both);
    }

    [LlamaFact]
    public async Task An_answer_is_made_with_the_adapters_of_its_call_and_the_next_one_without()
    {
        string path = Adapter("answers.gguf", ModelShape.Llama.Tiny(), seed: 6);
        await using LocalModel model = new(TestModels.Options(models.Llama));
        using LocalChatClient client = new(model);
        string plain = await AnswerAsync(client, null);
        Assert.NotEqual(plain, await AnswerAsync(client, (AdapterUse[])[new(path, 1)]));
        Assert.Equal(plain, await AnswerAsync(client, null));
        Assert.Equal(plain, await AnswerAsync(client, (AdapterUse[])[new(path, 0)]));
        await RefusedAsync(ModelErrorCodes.ModelNotFound, () => AnswerAsync(client, (AdapterUse[])[new(models.File("absent-adapter.gguf"), 1)]));
        await RefusedAsync(ModelErrorCodes.InvalidRequest, () => AnswerAsync(client, (AdapterUse[])[new(path, float.NaN)]));
        await RefusedAsync(ModelErrorCodes.InvalidRequest, () => AnswerAsync(client, path));
        Assert.Equal(plain, await AnswerAsync(client, null));
    }

    [LlamaFact]
    public async Task What_is_no_adapter_for_this_model_is_refused()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using SequenceLease sequence = await model.RentSequenceAsync();
        float[] plain = await LogitsAsync(sequence, []);
        await RefusedAsync(ModelErrorCodes.ModelUnusable, () => sequence.LoadAdapterAsync(Adapter("other-kind.gguf", ModelShape.Qwen3.Tiny(), seed: 4)));
        await RefusedAsync(ModelErrorCodes.ModelUnusable, () => sequence.LoadAdapterAsync(Adapter("deeper.gguf", ModelShape.Llama.Tiny() with { Layers = 3 }, seed: 5)));
        await RefusedAsync(ModelErrorCodes.ModelUnusable, () => sequence.LoadAdapterAsync(models.Other));
        await RefusedAsync(ModelErrorCodes.ModelNotFound, () => sequence.LoadAdapterAsync(models.File("absent-adapter.gguf")));
        Assert.Equal(plain, await LogitsAsync(sequence, []));
    }

    private static async Task<string> AnswerAsync(LocalChatClient client, object? adapters)
    {
        ChatOptions options = new() { MaxOutputTokens = 12, AdditionalProperties = new() { [LocalChatClient.GrammarProperty] = "root ::= [a-z]*", [LocalChatClient.AdaptersProperty] = adapters } };
        return (await client.GetResponseAsync([new(ChatRole.User, "hello")], options)).Text;
    }

    private static async Task<float[]> LogitsAsync(SequenceLease sequence, IReadOnlyList<AdapterUse> adapters)
    {
        StepResults results = await sequence.RunAsync(
            [new AdaptersStep(adapters), new RemoveStep(sequence.Sequence), new DecodeStep(sequence.Sequence, 0, Tokens.Length, Outputs.Last)],
            LocalModel.ToBytes<int>(Tokens));
        return results.Logits;
    }

    private static async Task RefusedAsync(string code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<ModelException>(call)).Code);

    private string Adapter(string name, ModelShape shape, int seed)
    {
        string path = models.File(name);
        RandomAdapter.Write(path, shape, rank: 4, seed);
        return path;
    }
}
