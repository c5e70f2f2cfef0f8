using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Activation;

/// <summary>Steering vectors are mounted for an answer, scaled, and gone after it.</summary>
public sealed class SteeringTests(TestModels models) : IClassFixture<TestModels>
{
    [LlamaFact]
    public async Task After_it_was_unmounted_logits_are_those_of_the_base_to_the_last_bit()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        ActivationChatClient client = new(fixture.Memory);
        MemCube vector = await fixture.Memory.Steering.AddAsync(fixture.Test.Vault, Values(1), 1, 1, ["calm"]);
        float[] before = await LogitsAsync(fixture);
        string plain = await AnswerAsync(client, null);
        string steered = await AnswerAsync(client, Use(fixture, (vector.Id, 40)));
        Assert.NotEqual(plain, steered);
        Assert.Equal(before, await LogitsAsync(fixture));
        Assert.Equal(plain, await AnswerAsync(client, null));
        Assert.Equal(plain, await AnswerAsync(client, Use(fixture, (vector.Id, 0))));
        Assert.Equal(plain, await AnswerAsync(client, Use(fixture, (vector.Id, 40), (vector.Id, -40)))); // they add up

        // Nor does one stay when its answer is given up in the middle.
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync([new(ChatRole.User, "hello")], Use(fixture, (vector.Id, 40)).AddTo(null), cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        Assert.Equal(before, await LogitsAsync(fixture));
    }

    [LlamaFact]
    public async Task A_vector_is_bound_to_its_model_and_to_the_rights_of_who_asks()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube vector = await fixture.Memory.Steering.AddAsync(fixture.Test.Vault, Values(2), 1, 1);
        await using LocalModel other = new(TestModels.Options(models.Other));
        await using ActivationMemory memory = new(other);
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => AnswerAsync(new ActivationChatClient(memory), Use(fixture, (vector.Id, 1))))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.Steering.AddAsync(fixture.Test.Vault, new float[3], 1, 1))).Code);
        await fixture.Test.Vault.UpdateAsync(vector.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Readers = ["Ann"] } } });
        SteeringUse bobs = Use(fixture, (vector.Id, 1)) with { Caller = Caller.Named("Bob") };
        Assert.Equal(ErrorCodes.CubeNotFound, (await Assert.ThrowsAsync<MemOSException>(() => AnswerAsync(new ActivationChatClient(fixture.Memory), bobs))).Code);
        Assert.Empty(fixture.Test.Vault.States.List());
    }

    [LlamaFact]
    public async Task A_vector_made_from_contrasting_texts_pushes_towards_the_one_and_away_from_the_other()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        await using LocalModel model = new(TestModels.Options(TestModels.TinyMemory));
        await using ActivationMemory memory = new(model);
        SteeringPair[] pairs = [new("Anna lives in Oslo. Oslo.", "Anna lives in Rome. Rome."), new("Bruno has a home in Oslo.", "Bruno has a home in Rome.")];
        MemCube vector = await memory.Steering.MakeAsync(fixture.Test.Vault, pairs, tags: ["oslo"]);
        Assert.Equal([vector.Id], SteeringVectors.List(fixture.Test.Vault).Select(cube => cube.Id));
        Assert.Equal(["oslo"], vector.Descriptive.Tags.AsEnumerable());
        int[] prompt = await model.TokenizeAsync("Clara works as a pilot.\nClara lives in", addSpecial: true, parseSpecial: false);
        int oslo = (await model.TokenizeAsync(" Oslo", addSpecial: false, parseSpecial: false))[0], rome = (await model.TokenizeAsync(" Rome", addSpecial: false, parseSpecial: false))[0];
        double none = await LeadAsync(0), towards = await LeadAsync(1), away = await LeadAsync(-1);
        Assert.True(away < none - 0.1 && none + 0.1 < towards, $"Oslo leads Rome by {away} against the vector, {none} without it, {towards} with it.");

        async Task<double> LeadAsync(float scale)
        {
            Steering steering = await memory.Steering.MountAsync(new SteeringUse(fixture.Test.Vault, Caller.Owner, [(vector.Id, scale)]), default);
            await using SequenceLease sequence = await model.RentSequenceAsync();
            byte[] numbers = [.. LocalModel.ToBytes<float>(steering.Values), .. LocalModel.ToBytes<int>(prompt)];
            float[] logits = (await sequence.RunAsync(
                [new ControlVectorStep(steering.Values.Length, steering.FirstLayer, steering.LastLayer), new DecodeStep(sequence.Sequence, 0, prompt.Length, Outputs.Last), new ControlVectorStep(0, 0, 0)], numbers)).Logits;
            return logits[oslo] - logits[rome];
        }
    }

    [LlamaFact]
    public async Task A_control_vector_file_becomes_a_cube_and_one_for_another_model_is_refused()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube imported = await fixture.Memory.Steering.ImportAsync(fixture.Test.Vault, models.ControlVector("calm.gguf", (1, Values(3))), ["calm"]);
        MemCube added = await fixture.Memory.Steering.AddAsync(fixture.Test.Vault, Values(3), 1, 1);
        ActivationChatClient client = new(fixture.Memory);
        Assert.Equal(await AnswerAsync(client, Use(fixture, (added.Id, 40))), await AnswerAsync(client, Use(fixture, (imported.Id, 40))));
        Assert.Equal(ErrorCodes.InvalidInput, await RefusedAsync(models.ControlVector("deep.gguf", (2, Values(3)))));
        Assert.Equal(ErrorCodes.InvalidInput, await RefusedAsync(models.ControlVector("wide.gguf", (1, new float[65]))));
        Assert.Equal(ErrorCodes.InvalidInput, await RefusedAsync(models.Llama));
        await Assert.ThrowsAsync<ModelException>(() => fixture.Memory.Steering.ImportAsync(fixture.Test.Vault, models.File("none.gguf")));
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.Steering.MakeAsync(fixture.Test.Vault, []))).Code);

        async Task<string> RefusedAsync(string path) => (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.Steering.ImportAsync(fixture.Test.Vault, path))).Code;
    }

    [LlamaTheory]
    [InlineData(1, 2, 256)] // a layer that the model does not have
    [InlineData(0, 1, 256)]
    [InlineData(1, 0, 256)]
    [InlineData(2, 2, 256)]
    [InlineData(1, 2_000_000_000, 256)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 255)]
    [InlineData(1, 1, 257)]
    [InlineData(1, 1, 256, float.NaN)]
    [InlineData(1, 1, 256, float.PositiveInfinity)]
    public async Task A_cube_that_lies_about_its_vector_is_refused_and_the_process_lives_on(int first, int last, int bytes, float value = 1)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        ModelDescription model = await fixture.Model.DescribeAsync();
        int? process = fixture.Model.ProcessId;
        byte[] content = [.. LocalModel.ToBytes<float>([.. Enumerable.Repeat(value, 65)]).Take(bytes)];
        StoredPayload payload = await fixture.Test.Vault.StagePayloadAsync(PayloadKind.Activation, new MemoryStream(content), new SteeringFormat(model.Fingerprint, first, last).ToString());
        MemCube cube = await fixture.Test.Vault.AddCubeAsync(new NewCube { Payload = payload, Origin = OriginSignature.InferenceExtraction, Model = model.Fingerprint });
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => AnswerAsync(new ActivationChatClient(fixture.Memory), Use(fixture, (cube.Id, 1))))).Code);
        await fixture.Model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false);
        Assert.Equal(process, fixture.Model.ProcessId);
    }

    [LlamaFact]
    public async Task A_scale_beyond_all_measure_ends_no_process()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube vector = await fixture.Memory.Steering.AddAsync(fixture.Test.Vault, Values(1), 1, 1);
        int? process = fixture.Model.ProcessId;
        ActivationChatClient client = new(fixture.Memory);
        await AnswerAsync(client, Use(fixture, (vector.Id, 1e36f)));
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => AnswerAsync(client, Use(fixture, (vector.Id, float.MaxValue), (vector.Id, float.MaxValue))))).Code);
        Assert.Equal(process, fixture.Model.ProcessId);
    }

    [LlamaFact]
    public async Task A_pair_of_single_words_makes_a_vector()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube vector = await fixture.Memory.Steering.MakeAsync(fixture.Test.Vault, [new("a", "b")]);
        Assert.Equal([vector.Id], SteeringVectors.List(fixture.Test.Vault).Select(cube => cube.Id));
    }

    [LlamaFact]
    public async Task An_answer_under_adapters_builds_on_no_memory_that_the_bare_model_computed()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube state = await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        ChatOptions adapted = new() { AdditionalProperties = new() { [LocalChatClient.AdaptersProperty] = (AdapterUse[])[new("any.gguf", 1)] } };
        foreach (RecalledMemories recalled in (RecalledMemories[])[new(fixture.Test.Vault, Caller.Owner, [cube]), new(fixture.Test.Vault, Caller.Owner, []) { Mounted = state.Id }])
        {
            ModelException refused = await Assert.ThrowsAsync<ModelException>(() => new ActivationChatClient(fixture.Memory).GetResponseAsync([new(ChatRole.User, "hello")], recalled.AddTo(adapted)));
            Assert.Equal(ModelErrorCodes.InvalidRequest, refused.Code);
        }
    }

    private static SteeringUse Use(ActivationFixture fixture, params (CubeId, float)[] vectors) => new(fixture.Test.Vault, Caller.Owner, vectors);

    private static async Task<string> AnswerAsync(ActivationChatClient client, SteeringUse? steering)
    {
        ChatOptions options = new() { MaxOutputTokens = 12, AdditionalProperties = new() { [LocalChatClient.GrammarProperty] = "root ::= [a-z]*" } };
        return (await client.GetResponseAsync([new(ChatRole.User, "hello")], steering?.AddTo(options) ?? options)).Text;
    }

    private static async Task<float[]> LogitsAsync(ActivationFixture fixture)
    {
        await using OpenContext context = await fixture.Memory.OpenAsync(fixture.Test.Vault, [], ActivationFixture.Question, Caller.Owner);
        return (await context.Sequence.DecodeAsync(context.Rest, context.Position, Outputs.Last)).Logits;
    }

    private static float[] Values(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 64).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
