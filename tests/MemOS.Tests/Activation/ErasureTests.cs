using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Testing.Models;
using MemOS.Vaults;

namespace MemOS.Tests.Activation;

/// <summary>What may no longer be mounted leaves the model's process before the change is acknowledged, and what was forgotten leaves no bytes there.</summary>
public sealed class ErasureTests(TestModels models) : IClassFixture<TestModels>
{
    private const string Secret = "My secret canary phrase is xylophone quagmire 8842.";

    public static TheoryData<string> Changes => ["edit", "supersede", "archive", "rescope", "rollback", "expire", "forget", "drop", "close"];

    [LlamaTheory]
    [MemberData(nameof(Changes))]
    public async Task A_state_in_memory_has_left_when_the_change_of_its_source_is_acknowledged(string change)
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube source = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("Ann lives in Rome."), Origin = OriginSignature.UserInput });
        await vault.UpdateAsync(source.Id, new CubeUpdate { Text = "Ann lives in Oslo." });
        MemCube state = await fixture.Memory.EncodeAsync(vault, [source.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault));
        await (change switch
        {
            "edit" => vault.UpdateAsync(source.Id, new CubeUpdate { Text = "Ann lives in Bonn." }),
            "supersede" => vault.UpdateAsync(source.Id, new CubeUpdate { Valid = new TimeInterval(null, fixture.Test.Clock.GetUtcNow()) }),
            "archive" => vault.TransitionAsync(source.Id, CubeState.Archived),
            "rescope" => vault.UpdateAsync(source.Id, new CubeUpdate { Governance = new GovernanceHeader { Access = new AccessScope { Readers = ["Ann"] } } }),
            "rollback" => vault.RollbackAsync(source.Id, 1),
            "expire" => vault.TransitionAsync(source.Id, CubeState.Expired),
            "forget" => vault.ForgetAsync(new ForgetScope { Cubes = [source.Id] }),
            "drop" => vault.States.DropAsync([(state.Id, "cold")]),
            _ => (Task)fixture.Test.ReopenAsync(),
        });
        Assert.Equal(0, fixture.Memory.Scheduler.LoadedBytes);
        Assert.Equal(1, fixture.Memory.Scheduler.Loading.Wasted);
    }

    [ProcessMemoryFact]
    public async Task No_byte_of_what_was_forgotten_is_left_in_the_models_process()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube secret = await fixture.Test.AddAsync(Secret), other = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [secret.Id]), kept = await fixture.Memory.EncodeAsync(vault, [other.Id]);
        await (await fixture.OpenAsync(secret, null)).DisposeAsync(); // as text,
        await (await fixture.OpenAsync(secret, state.Id)).DisposeAsync(); // mounted,
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "the secret canary phrase")); // and kept there
        byte[][] traces = [.. Pieces(vault, state, kept), .. await TokensAsync(fixture), .. Texts()];
        int process = fixture.Model.ProcessId ?? 0;
        Assert.NotEmpty(ProcessMemory.Find(process, Pieces(vault, state, kept)));

        await vault.ForgetAsync(new ForgetScope { Cubes = [secret.Id] });

        Assert.Equal(process, fixture.Model.ProcessId);
        Assert.Empty(ProcessMemory.Find(process, traces).Select(Convert.ToHexString));
        await using OpenContext context = await fixture.OpenAsync(other, kept.Id);
        Assert.Equal(kept.Id, context.Parts[0].State);
    }

    [LlamaFact]
    public async Task A_process_whose_states_cannot_be_read_here_is_ended_by_a_forgetting_and_the_next_answer_has_another()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models, path: models.Windowed);
        MemCube secret = await fixture.Test.AddAsync(Secret), other = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube kept = await fixture.Memory.EncodeAsync(fixture.Test.Vault, [other.Id]);
        await (await fixture.OpenAsync(secret, null)).DisposeAsync();
        using Process first = Process.GetProcessById(fixture.Model.ProcessId ?? 0);

        await fixture.Test.Vault.ForgetAsync(new ForgetScope { Cubes = [secret.Id] });

        Assert.True(first.HasExited);
        await using OpenContext context = await fixture.OpenAsync(other, kept.Id);
        Assert.Equal(kept.Id, context.Parts[0].State);
        Assert.NotEqual(first.Id, fixture.Model.ProcessId);
    }

    [ProcessMemoryFact]
    public async Task An_answer_under_way_ends_with_what_it_has_and_leaves_no_byte_of_what_was_forgotten_meanwhile()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube secret = await fixture.Test.AddAsync(Secret), other = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube state = await fixture.Memory.EncodeAsync(vault, [secret.Id]), kept = await fixture.Memory.EncodeAsync(vault, [other.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "the secret canary phrase"));
        byte[][] traces = [.. Pieces(vault, state, kept), .. await TokensAsync(fixture), .. Texts()];
        OpenContext context = await fixture.OpenAsync(secret, state.Id);
        Assert.Equal(1, fixture.Memory.Scheduler.Loading.Hits);
        List<int> spoken = [];
        await foreach (GeneratedPiece piece in context.GenerateAsync(new GenerationRequest { MostTokens = 200 }))
        {
            if (spoken.Count == 0)
            {
                await vault.ForgetAsync(new ForgetScope { Cubes = [secret.Id] });
                Assert.Equal(0, fixture.Memory.Scheduler.LoadedBytes);
            }

            spoken.AddRange(piece.Token is { } token ? [token] : []);
        }

        Assert.NotEmpty(spoken);
        await context.DisposeAsync();
        Assert.Empty(ProcessMemory.Find(fixture.Model.ProcessId ?? 0, traces).Select(Convert.ToHexString));
    }

    [LlamaFact]
    public async Task A_state_whose_source_is_forgotten_while_it_is_being_loaded_does_not_stay()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        for (int round = 0; round < 12; round++)
        {
            MemCube cube = await fixture.Test.AddAsync($"The canary of round {round} sings.", id: $"m{round}");
            await fixture.Memory.EncodeAsync(vault, [cube.Id]);
            TaskCompletionSource start = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<int> load = Task.Run(async () =>
            {
                await start.Task;
                return await fixture.Memory.Scheduler.LoadAheadAsync(vault);
            });
            Task forget = Task.Run(async () =>
            {
                await start.Task;
                await vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] });
            });
            start.SetResult();
            await forget;
            await load;
            Assert.Equal(0, fixture.Memory.Scheduler.LoadedBytes);
        }
    }

    [LlamaFact]
    public async Task States_of_others_stay_what_they_were_to_the_last_bit_when_something_is_erased()
    {
        await using ActivationFixture fixture = await ActivationFixture.OpenAsync(models);
        MemoryVault vault = fixture.Test.Vault;
        MemCube secret = await fixture.Test.AddAsync(Secret), other = await fixture.Test.AddAsync("The dog is called Rex.");
        MemCube kept = await fixture.Memory.EncodeAsync(vault, [other.Id]);
        await fixture.Memory.EncodeAsync(vault, [secret.Id]);
        Assert.Equal(1, await fixture.Memory.Scheduler.LoadAheadAsync(vault, "the dog"));
        float[] before = await LogitsAsync(), after;
        await vault.ForgetAsync(new ForgetScope { Cubes = [secret.Id] });
        after = await LogitsAsync();
        Assert.Equal(before, after);
        Assert.Equal(2, fixture.Memory.Scheduler.Loading.Hits);

        async Task<float[]> LogitsAsync()
        {
            await using OpenContext context = await fixture.OpenAsync(other, kept.Id);
            return (await context.Sequence.DecodeAsync(context.Rest, context.Position, Outputs.Last)).Logits;
        }
    }

    // Runs of keys and values that another state does not have.
    private static byte[][] Pieces(MemoryVault vault, MemCube state, MemCube other)
    {
        byte[] bytes = Bytes(vault, state), others = Bytes(vault, other);
        byte[][] pieces = [.. Enumerable.Range(1, 60).Select(part => bytes.AsSpan(part * bytes.Length / 61, 32).ToArray()).Where(piece => piece.Count(value => value == 0) < 8 && others.AsSpan().IndexOf(piece) < 0)];
        Assert.InRange(pieces.Length, 10, 60);
        return pieces;
    }

    private static byte[] Bytes(MemoryVault vault, MemCube state)
    {
        using Stream stream = vault.States.Open(state.Id);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<byte[][]> TokensAsync(ActivationFixture fixture)
    {
        await using LocalModel beside = fixture.Model.Beside(64); // so that the question leaves no tokens where they are looked for
        int[] tokens = await beside.TokenizeAsync(" xylophone quagmire 8842", addSpecial: false, parseSpecial: false);
        return [MemoryMarshal.AsBytes<int>(tokens.AsSpan(2, Math.Min(6, tokens.Length - 2))).ToArray()];
    }

    private static byte[][] Texts() => [Encoding.UTF8.GetBytes("quagmire"), Encoding.Unicode.GetBytes("quagmire")];
}
