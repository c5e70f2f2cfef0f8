using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Activation;

/// <summary>A trained prefix is a state like any other: stored, mounted, invalidated and forgotten.</summary>
public sealed class CartridgeTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly CartridgeOptions Quick = new() { Tokens = 6, Steps = 3, AnswerTokens = 4, Questions = ["what does she drink?", "and in the evening?"] };

    [LlamaFact]
    public async Task It_stands_for_its_text_in_fewer_tokens_and_says_what_it_was_made_from()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube[] cubes = [await fixture.Test.AddAsync("I drink tea in the morning."), await fixture.Test.AddAsync("I drink coffee after lunch.")];
        List<CartridgeProgress> told = [];
        MemCube plain = await fixture.Memory.EncodeAsync(vault, [cubes[0].Id, cubes[1].Id]);
        MemCube cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [cubes[0].Id, cubes[1].Id], Quick with { Steps = 10 }, progress: new Told(told));
        KVStateFormat whole = Format(plain), few = Format(cartridge);
        Assert.Equal((whole.Binding, whole.HeadTokens, whole.HeadTokens + 6, whole.Tokens - whole.HeadTokens), (few.Binding, few.HeadTokens, few.Tokens, few.StandsFor));
        Assert.Null(whole.StandsFor);
        Assert.Equal("cartridge", cartridge.Descriptive.Type.ToString());
        Assert.Equal(plain.Lineage.AsEnumerable(), cartridge.Lineage.AsEnumerable());
        Assert.InRange(((StoredPayload)cartridge.Payload).Length, 1, ((StoredPayload)plain.Payload).Length - 1);
        Assert.Equal((10, 10), (Assert.Single(told).Step, told[0].Steps));
        Assert.Equal(plain.Id, (await fixture.Memory.EncodeAsync(vault, [cubes[0].Id, cubes[1].Id])).Id); // who asks for the exact state gets that

        await fixture.Test.ReopenAsync();
        await using OpenContext context = await fixture.Memory.OpenAsync(fixture.Test.Vault, [new ContextPart(cubes, cartridge.Id)], ActivationFixture.Question, Caller.Owner);
        Assert.Equal((cartridge.Id, few.Tokens), (Assert.Single(context.Parts).State, context.Position));
        float[] mounted = (await context.Sequence.DecodeAsync(context.Rest, context.Position, Outputs.Last)).Logits;
        await using OpenContext exact = await fixture.Memory.OpenAsync(fixture.Test.Vault, [new ContextPart(cubes, plain.Id)], ActivationFixture.Question, Caller.Owner);
        Assert.NotEqual(mounted, (await exact.Sequence.DecodeAsync(exact.Rest, exact.Position, Outputs.Last)).Logits);
    }

    [LlamaFact]
    public async Task A_change_of_its_text_ends_it_and_the_scheduler_gives_it_up_but_not_for_being_cold()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick);
        fixture.Test.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault));
        await vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "I drink cocoa in the morning." });
        Assert.Equal(MountObstacle.SourceChanged, vault.States.Check(cartridge.Id, await fixture.Memory.BindingAsync()).Obstacle);
        RecalledMemories recalled = new(vault, Caller.Owner, []) { Mounted = cartridge.Id };
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.OpenAsync(recalled, ActivationFixture.Question))).Code);
        Assert.Equal(TransitionKind.Demote, Assert.Single(await fixture.Memory.Scheduler.RunAsync(vault)).Kind);
        Assert.Empty(vault.States.List());
    }

    [LlamaFact]
    public async Task It_waits_for_its_own_model_where_another_gives_plain_states_up()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning and coffee after lunch.");
        MemCube plain = await fixture.Memory.EncodeAsync(vault, [cube.Id]), cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick);
        await using (ActivationMemory otherwise = new(fixture.Model, new ActivationOptions { Frame = "Other words. " }, fixture.Test.Clock))
        {
            TransitionDecision decision = Assert.Single(await otherwise.Scheduler.RunAsync(vault));
            Assert.Equal((TransitionKind.Demote, plain.Id), (decision.Kind, decision.State));
        }

        await using OpenContext context = await fixture.OpenAsync(cube, cartridge.Id);
        Assert.Equal(cartridge.Id, Assert.Single(context.Parts).State);
    }

    [LlamaFact]
    public async Task Forgetting_a_source_erases_it_and_another_caller_or_model_does_not_mount_it()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("My secret canary phrase is xylophone-quagmire-8842.");
        MemCube cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick with { Steps = 20 });
        byte[] bytes;
        using (Stream stream = vault.States.Open(cartridge.Id))
        {
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }

        byte[] trained = bytes[^64..]; // the last layer's values of the last position
        Assert.True(ActivationFixture.Holds(fixture.Test.VaultFolder, trained));
        await using LocalModel other = new(TestModels.Options(models.Other));
        await using ActivationMemory otherMemory = new(other);
        Assert.Equal(MountObstacle.OtherModel, vault.States.Check(cartridge.Id, await otherMemory.BindingAsync()).Obstacle);
        await vault.UpdateAsync(cube.Id, new CubeUpdate { Tags = ["kept"] });
        Assert.True(vault.States.Check(cartridge.Id, await fixture.Memory.BindingAsync()).IsMountable);
        MemCube anew = await fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick);
        await vault.UpdateAsync(anew.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Readers = ["Ann"] } } });
        RecalledMemories bobs = new(vault, Caller.Named("Bob"), []) { Mounted = anew.Id };
        Assert.Equal(ErrorCodes.CubeNotFound, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.OpenAsync(bobs, ActivationFixture.Question))).Code);
        await vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] });
        Assert.Empty(vault.States.List());
        Assert.False(ActivationFixture.Holds(fixture.Test.VaultFolder, trained));
        Assert.Empty(fixture.Test.Verify());
    }

    [LlamaFact]
    public async Task It_is_mounted_at_wish_with_what_was_recalled_beside_it_and_figures_are_read()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, new TransitionPolicy { ContextTokens = 200 });
        MemoryVault vault = fixture.Test.Vault;
        MemCube tea = await fixture.Test.AddAsync("I drink tea in the morning."), year = await fixture.Test.AddAsync("My sister was born in 1980."), soup = await fixture.Test.AddAsync("I like soup.");
        MemCube cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [tea.Id, year.Id], Quick);
        ActivationChatClient chat = new(fixture.Memory);
        ChatOptions options = new RecalledMemories(vault, Caller.Owner, [tea, year, soup]) { Mounted = cartridge.Id }.AddTo(new ChatOptions { MaxOutputTokens = 2 });
        IReadOnlyList<UsedMemory>? used = null;
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync([new(ChatRole.User, "what does she drink?")], options))
        {
            used ??= update.AdditionalProperties?.GetValueOrDefault(RecalledMemories.UsedProperty) as IReadOnlyList<UsedMemory>;
        }

        Assert.Equal([(tea.Id, "state"), (year.Id, "both"), (soup.Id, "text")], used?.Select(memory => (memory.Cube, memory.Form)));
    }

    [LlamaFact]
    public async Task Without_questions_the_model_asks_itself_and_what_cannot_be_trained_for_is_refused()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube cartridge = await fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick with { Questions = [], OwnQuestions = 2, Tokens = null });
        KVStateFormat format = Format(cartridge);
        Assert.Equal(format.StandsFor / 4, format.Tokens - format.HeadTokens);
        Assert.Equal(ModelErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<ModelException>(() => fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick with { Tokens = 400 }))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.Cartridges.TrainAsync(vault, [cube.Id], Quick with { Rate = 0 }))).Code);
        await using LocalModel halved = new(TestModels.Options(models.Halved));
        await using ActivationMemory memory = new(halved);
        Assert.Equal(ModelErrorCodes.TrainingUnsupported, (await Assert.ThrowsAsync<ModelException>(() => memory.Cartridges.TrainAsync(vault, [cube.Id], Quick))).Code);
        Assert.Equal([cartridge.Id], vault.States.List().Select(state => state.Id));
        Assert.Empty(fixture.Test.Verify());
    }

    private static KVStateFormat Format(MemCube state) => KVStateFormat.TryParse(((StoredPayload)state.Payload).Format) ?? throw new InvalidDataException();

    private sealed class Told(List<CartridgeProgress> steps) : IProgress<CartridgeProgress>
    {
        public void Report(CartridgeProgress value) => steps.Add(value);
    }
}
