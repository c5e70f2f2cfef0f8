using System.Collections.Immutable;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Testing.Models;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Activation;

/// <summary>A state lives as long as its text, and is as open as its text is.</summary>
public sealed class InvalidationTests(TestModels models) : IClassFixture<TestModels>
{
    public static TheoryData<string> Changes => ["edit", "supersede", "archive", "expire", "rescope", "restrict", "classify", "rollback"];

    [LlamaTheory]
    [MemberData(nameof(Changes))]
    public async Task After_a_change_of_its_source_a_state_is_not_mounted_any_more(string change)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube source = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("Ann lives in Rome."), Origin = OriginSignature.UserInput, FactKey = "ann/residence" });
        source = await vault.UpdateAsync(source.Id, new CubeUpdate { Text = "Ann lives in Oslo." });
        MemCube state = await fixture.Memory.EncodeAsync(vault, [source.Id]);
        StateBinding binding = await fixture.Memory.BindingAsync();
        Assert.True(vault.States.Check(state.Id, binding).IsMountable);
        switch (change)
        {
            case "edit":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Text = "Ann lives in Bonn." });
                break;
            case "supersede":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Valid = new TimeInterval(null, fixture.Test.Clock.GetUtcNow()) });
                break;
            case "archive":
                await vault.TransitionAsync(source.Id, CubeState.Archived);
                break;
            case "expire":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Lifespan = new Lifespan(fixture.Test.Clock.GetUtcNow().AddHours(1), null) } });
                state = await fixture.Memory.EncodeAsync(vault, [source.Id]);
                Assert.True(vault.States.Check(state.Id, binding).IsMountable);
                fixture.Test.Clock.Advance(TimeSpan.FromHours(2)); // nothing has swept it up yet
                break;
            case "rescope":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Layer = AccessLayer.Private } } });
                break;
            case "restrict":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Restricted = OnlyForAnn("tags") } });
                break;
            case "classify":
                await vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Sensitivity = Sensitivity.Secret } });
                break;
            default:
                await vault.RollbackAsync(source.Id, 1);
                break;
        }

        Assert.False(vault.States.Check(state.Id, binding).IsMountable);
        Assert.Empty(vault.States.Covering([source.Id], binding));
        await using OpenContext context = await fixture.OpenAsync(source, state.Id);
        Assert.Empty(context.Parts); // nor is the old text taken
    }

    [LlamaTheory]
    [InlineData("repeat")]
    [InlineData("tags")]
    [InlineData("priority")]
    [InlineData("freeze")]
    [InlineData("undo")]
    public async Task A_new_version_that_says_the_same_to_the_same_callers_keeps_its_states_and_what_is_loaded(string change)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube source = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [source.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        fixture.Test.Clock.Advance(TimeSpan.FromSeconds(1));
        MemCube edited = change is "undo" ? await vault.UpdateAsync(source.Id, new CubeUpdate { Text = "I drink cocoa in the morning." }) : source;
        await (change switch
        {
            "repeat" => fixture.Test.AddAsync("I drink tea in the morning.", id: "again"),
            "tags" => vault.UpdateAsync(source.Id, new CubeUpdate { Tags = ["moved"] }),
            "priority" => vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Priority = 7 } }),
            "freeze" => vault.TransitionAsync(source.Id, CubeState.Frozen),
            _ => vault.RollbackAsync(source.Id, 1),
        });
        await vault.SettleAsync();
        Assert.Equal(edited.Version + 1, vault.Find(source.Id)?.Version);
        Assert.True(vault.States.Check(state.Id, await fixture.Memory.BindingAsync()).IsMountable);
        Assert.Equal(state.Id, (await fixture.Memory.EncodeAsync(vault, [source.Id])).Id);
        await using (OpenContext context = await fixture.OpenAsync(source, state.Id))
        {
            Assert.Equal((state.Id, change is not "undo"), (Assert.Single(context.Parts).State, context.IsLoaded)); // recalled before the change
        }

        await using (OpenContext text = await fixture.OpenAsync(source, null))
        {
            Assert.Single(text.Parts);
        }

        Assert.Empty(await fixture.Memory.Scheduler.RunAsync(vault));
    }

    [LlamaTheory]
    [InlineData("edit", false)]
    [InlineData("edit", true)]
    [InlineData("supersede", true)]
    [InlineData("forget", false)]
    [InlineData("forget", true)]
    [InlineData("rescope", false)]
    [InlineData("rescope", true)]
    [InlineData("archive", true)]
    [InlineData("rollback", true)]
    [InlineData("rewind", true)]
    [InlineData("expire", false)]
    [InlineData("expire", true)]
    public async Task The_next_answer_of_a_conversation_does_not_use_what_changed_since_the_last_one(string change, bool isMounted)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        Caller bob = Caller.Named("Bob");
        MemCube other = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("The dog is called Rex."), Origin = OriginSignature.UserInput });
        GovernanceHeader forAnHour = new() { Lifespan = new Lifespan(fixture.Test.Clock.GetUtcNow().AddHours(1), null) };
        MemCube changing = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("Ann lives in Rome."), Origin = OriginSignature.UserInput, FactKey = "ann/residence", Governance = forAnHour });
        DateTimeOffset before = fixture.Test.Clock.GetUtcNow();
        fixture.Test.Clock.Advance(TimeSpan.FromSeconds(1));
        changing = await vault.UpdateAsync(changing.Id, new CubeUpdate { Text = "Ann lives in Oslo." });
        MemCube? state = isMounted ? await fixture.Memory.EncodeAsync(vault, [changing.Id]) : null;
        Assert.Equal(isMounted ? 1 : 0, await fixture.Memory.Scheduler.LoadAheadAsync(vault, caller: bob));

        // The memories were recalled once, for all that is asked in the conversation.
        RecalledMemories recalled = new(vault, bob, [changing, other]);
        Assert.Equal([new UsedMemory(changing.Id, state?.Id, !isMounted), new UsedMemory(other.Id, null, true)], await AnswerAsync());
        Assert.Equal(isMounted ? new LoadStatistics(1, 1, 0, 0) : new LoadStatistics(0, 0, 0, 0), fixture.Memory.Scheduler.Loading);
        await (change switch
        {
            "edit" => vault.UpdateAsync(changing.Id, new CubeUpdate { Text = "Ann lives in Bonn." }),
            "supersede" => vault.UpdateAsync(changing.Id, new CubeUpdate { Valid = new TimeInterval(null, fixture.Test.Clock.GetUtcNow()) }),
            "forget" => vault.ForgetAsync(new ForgetScope { Cubes = [changing.Id] }),
            "rescope" => vault.UpdateAsync(changing.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Layer = AccessLayer.Private } } }),
            "archive" => vault.TransitionAsync(changing.Id, CubeState.Archived),
            "rollback" => vault.RollbackAsync(changing.Id, 1),
            "rewind" => vault.RollbackVaultAsync(before),
            _ => Task.CompletedTask,
        });
        fixture.Test.Clock.Advance(change is "expire" ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(1)); // nobody writes, sweeps or loads
        Assert.Empty(fixture.Memory.Scheduler.LoadingOf(vault.Id).States);
        Assert.Equal([new UsedMemory(other.Id, null, true)], await AnswerAsync());

        async Task<IReadOnlyList<UsedMemory>> AnswerAsync()
        {
            ChatResponse answer = await new ActivationChatClient(fixture.Memory).GetResponseAsync("Where does Ann live?", recalled.AddTo(new ChatOptions { MaxOutputTokens = 4 }));
            return answer.AdditionalProperties?[RecalledMemories.UsedProperty] as IReadOnlyList<UsedMemory> ?? [];
        }
    }

    [LlamaFact]
    public async Task A_newer_fact_in_the_users_own_words_ends_the_state_of_the_older_one()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        await fixture.Test.AddAsync("I live in Rome.");
        await vault.SettleAsync();
        MemCube fact = Assert.Single(vault.Read(reader => reader.FindByFactKey("ann/residence")));
        MemCube state = await fixture.Memory.EncodeAsync(vault, [fact.Id]);
        fixture.Test.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.Test.AddAsync("I live in Oslo now.", id: "later");
        await vault.SettleAsync();
        Assert.Equal(MountObstacle.SourceChanged, vault.States.Check(state.Id, await fixture.Memory.BindingAsync()).Obstacle);
    }

    [LlamaFact]
    public async Task Forgetting_a_source_erases_every_state_that_holds_it_whoever_else_has_a_say()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube canary = await fixture.Test.AddAsync("My secret canary phrase is xylophone-quagmire-8842.");
        MemCube other = await vault.UpdateAsync((await fixture.Test.AddAsync("The dog is called Rex.")).Id, new CubeUpdate
        {
            Governance = new GovernanceHeader { Access = new AccessScope { Layer = AccessLayer.Private } },
        });
        MemCube alone = await fixture.Memory.EncodeAsync(vault, [canary.Id]), both = await fixture.Memory.EncodeAsync(vault, [other.Id, canary.Id]), stays = await fixture.Memory.EncodeAsync(vault, [other.Id]);
        byte[] surviving = Bytes(vault, stays); // shares the tokens in front of the memory, and those of the dog
        byte[][] pieces = [.. new[] { alone, both }.SelectMany(state => Pieces(vault, state)).Where(piece => surviving.AsSpan().IndexOf(piece) < 0)], kept = Pieces(vault, stays);
        Assert.InRange(pieces.Length, 10, 1000);
        Assert.All(pieces, piece => Assert.True(ActivationFixture.Holds(fixture.Test.VaultFolder, piece)));

        await vault.ForgetAsync(new ForgetScope { Cubes = [canary.Id] }, Caller.Named("Bob"));

        Assert.All(pieces, piece => Assert.False(ActivationFixture.Holds(fixture.Test.VaultFolder, piece), "Bytes of a forgotten state are still in a file of the vault."));
        Assert.All(kept, piece => Assert.True(ActivationFixture.Holds(fixture.Test.VaultFolder, piece)));
        Assert.False(ActivationFixture.Holds(fixture.Test.VaultFolder, "quagmire"));
        Assert.Equal([stays.Id], vault.States.List().Select(state => state.Id));
        Assert.Equal(MountObstacle.NotFound, vault.States.Check(alone.Id, await fixture.Memory.BindingAsync()).Obstacle);
        Assert.Equal("The dog is called Rex.", vault.Find(other.Id)?.Text);
        Assert.Empty(fixture.Test.Verify());
    }

    [LlamaFact]
    public async Task Another_model_refuses_a_state_and_makes_it_anew_from_its_text()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [cube.Id]);
        await using LocalModel other = new(TestModels.Options(models.Other));
        ActivationMemory memory = new(other);
        StateBinding binding = await memory.BindingAsync();
        Assert.Equal(MountObstacle.OtherModel, vault.States.Check(state.Id, binding).Obstacle);
        await using (OpenContext context = await memory.OpenAsync(vault, [new ContextPart([cube], state.Id)], ActivationFixture.Question, Caller.Owner))
        {
            Assert.Null(Assert.Single(context.Parts).State); // its text was read instead
        }

        MemCube anew = await memory.EncodeAsync(vault, [cube.Id]);
        Assert.NotEqual(state.Id, anew.Id);
        await using OpenContext mounted = await memory.OpenAsync(vault, [new ContextPart([cube], anew.Id)], ActivationFixture.Question, Caller.Owner);
        Assert.Equal(anew.Id, Assert.Single(mounted.Parts).State);
        Assert.True(vault.States.Check(state.Id, await fixture.Memory.BindingAsync()).IsMountable); // each model has its own
        ActivationMemory framed = new(fixture.Model, new ActivationOptions { Frame = "Other words.\n" });
        Assert.Equal(MountObstacle.OtherModel, vault.States.Check(state.Id, await framed.BindingAsync()).Obstacle);
        ActivationMemory bare = new(fixture.Model, new ActivationOptions { Notes = NoteForm.TextAlone });
        Assert.Equal(MountObstacle.OtherModel, vault.States.Check(state.Id, await bare.BindingAsync()).Obstacle);
    }

    [LlamaFact]
    public async Task Who_may_not_read_all_of_a_source_mounts_no_state_of_it()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        StateBinding binding = await fixture.Memory.BindingAsync();
        Caller bob = Caller.Named("Bob");
        MemCube open = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [open.Id], bob);
        Assert.True(vault.States.Check(state.Id, binding, bob).IsMountable);

        MemCube parted = await vault.UpdateAsync(open.Id, new CubeUpdate { Governance = new GovernanceHeader { Restricted = OnlyForAnn("speaker") } });
        MemCube anew = await fixture.Memory.EncodeAsync(vault, [parted.Id]);
        Assert.True(vault.States.Check(anew.Id, binding).IsMountable);
        Assert.Equal(MountObstacle.PartlyHidden, vault.States.Check(anew.Id, binding, bob).Obstacle);
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => fixture.Memory.EncodeAsync(vault, [parted.Id], bob));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);

        await vault.UpdateAsync(open.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Readers = ["Ann"] } } });
        MemCube closed = await fixture.Memory.EncodeAsync(vault, [open.Id]);
        Assert.Equal(MountObstacle.NotFound, vault.States.Check(closed.Id, binding, bob).Obstacle);
        await using OpenContext context = await fixture.OpenAsync(open, closed.Id, bob);
        Assert.Empty(context.Parts);
    }

    [LlamaFact]
    public async Task A_state_whose_bytes_were_damaged_gives_way_to_its_text()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube state = await fixture.Memory.EncodeAsync(fixture.Test.Vault, [cube.Id]);
        string file;
        using (FileStream stream = (FileStream)fixture.Test.Vault.States.Open(state.Id))
        {
            file = stream.Name;
        }

        byte[] bytes = File.ReadAllBytes(file);
        bytes[^100] ^= 1;
        File.WriteAllBytes(file, bytes);
        await using OpenContext context = await fixture.OpenAsync(cube, state.Id);
        Assert.Null(Assert.Single(context.Parts).State);
    }

    [LlamaFact]
    public async Task Giving_a_state_up_frees_its_bytes_and_keeps_its_text()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube cube = await fixture.Test.AddAsync("I drink tea in the morning.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [cube.Id]);
        byte[][] pieces = Pieces(vault, state);
        Assert.Equal(1, await vault.States.DropAsync([(state.Id, "cold"), (cube.Id, "no state")]));
        Assert.All(pieces, piece => Assert.False(ActivationFixture.Holds(fixture.Test.VaultFolder, piece)));
        Assert.Equal((1, "I drink tea in the morning."), (vault.Find(cube.Id)?.Version, vault.Find(cube.Id)?.Text));
        AuditEntry entry = Assert.Single(vault.Audit(new AuditQuery { Operation = AuditOperations.Demote }));
        Assert.Equal((state.Id, $"cold; text of {cube.Id}"), (entry.Cube, entry.Detail));
        await using OpenContext context = await fixture.OpenAsync(cube, state.Id);
        Assert.Null(Assert.Single(context.Parts).State);
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> OnlyForAnn(string field) => ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add(field, ["Ann"]);

    // Some runs of the keys and values that do not occur by chance.
    private static byte[][] Pieces(MemoryVault vault, MemCube state)
    {
        byte[] bytes = Bytes(vault, state);
        return [.. Enumerable.Range(1, 40).Select(part => bytes.AsSpan(part * bytes.Length / 41, 32).ToArray()).Where(piece => piece.Count(value => value == 0) < 8)];
    }

    private static byte[] Bytes(MemoryVault vault, MemCube state)
    {
        using Stream stream = vault.States.Open(state.Id);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
