using System.Collections.Concurrent;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.BuiltIn;
using MemOS.Models.Llama;
using MemOS.Operator.Recall;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Tests.Activation;

/// <summary>Budgets of bytes on disk, bytes in memory and tokens in a context, while several conversations go on in several vaults of one model.</summary>
public sealed class BudgetTests : IDisposable
{
    private static readonly string[] People = ["Anna", "Bruno", "Clara", "David", "Emma"];
    private static readonly string[] Places = ["Vienna", "Paris", "Rome", "Oslo", "Berlin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-budgets-").FullName;

    [LlamaFact]
    public async Task None_is_ever_exceeded_by_chats_at_once_over_several_vaults_whose_memories_change_meanwhile()
    {
        await using LocalModel model = new(new LocalModelOptions { Path = TestModels.TinyMemory, ContextTokens = 1024, Sequences = 8, Threads = 1 });
        int state = (int)(await model.DescribeAsync()).CacheBytesPerToken * 12; // of a sentence
        Dictionary<string, TransitionPolicy> policies = new()
        {
            ["lru"] = Policy(disk: 5 * state, memory: 2 * state, tokens: 40, RetentionOrder.LeastRecentlyUsed),
            ["similarity"] = Policy(disk: 12 * state, memory: state, tokens: 25, RetentionOrder.Similarity),
            ["labels"] = Policy(disk: 3 * state, memory: 4 * state, tokens: 15, RetentionOrder.Labels),
            ["tight"] = Policy(disk: 100, memory: 100, tokens: 3, RetentionOrder.LeastRecentlyUsed), // no state and hardly a text fits
        };
        await using ActivationMemory memory = new(model, new ActivationOptions { Frame = "", Notes = NoteForm.TextAlone, Policies = new TransitionPolicies(null, policies) });
        int head = await memory.HeadTokensAsync(default);
        List<MemoryVault> vaults = [];
        foreach (string name in policies.Keys)
        {
            vaults.Add(await OpenAsync(name));
        }

        ConcurrentBag<string> exceeded = [];
        int answers = 0, mounted = 0, decisions = 0;
        using CancellationTokenSource ended = new();
        Task watch = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                Look();
                Thread.Yield();
            }
        });
        await Task.WhenAll(vaults.SelectMany((vault, number) => Enumerable.Range(0, 2).Select(chat => TalkAsync(vault, new Random((10 * number) + chat)))));
        await ended.CancelAsync();
        await watch;
        Look();
        Assert.Empty(exceeded.Distinct());
        Assert.Equal(vaults.Count * 2 * 12, answers);
        Assert.True(mounted > 0 && decisions > 0 && memory.Scheduler.Loading.Loads > 0, $"{mounted} mounted, {decisions} decided, {memory.Scheduler.Loading}");
        Assert.Equal(0, memory.Scheduler.LoadingOf(new VaultId("tight")).Statistics.Loads);
        foreach (MemoryVault vault in vaults)
        {
            await vault.DisposeAsync();
        }

        Assert.Equal(0, memory.Scheduler.LoadedBytes);

        void Look()
        {
            foreach ((string name, TransitionPolicy policy) in policies)
            {
                if (memory.Scheduler.LoadingOf(new VaultId(name)).Bytes is var loaded && loaded > policy.MemoryBytes)
                {
                    exceeded.Add($"{name}: {loaded} bytes in memory");
                }

                if (OnDisk(name) is var disk && disk > policy.DiskBytes)
                {
                    exceeded.Add($"{name}: {disk} bytes on disk");
                }
            }
        }

        async Task TalkAsync(MemoryVault vault, Random random)
        {
            TransitionPolicy policy = policies[vault.Id.Value];
            for (int turn = 0; turn < 12; turn++)
            {
                string person = People[random.Next(People.Length)], question = $"Where does {person} live?";
                await memory.Scheduler.LoadAheadAsync(vault, turn == 0 ? null : question);
                RecallResult found = await vault.RecallAsync(new RecallQuery { Text = question });
                await using (OpenContext context = await memory.OpenAsync(new RecalledMemories(vault, Caller.Owner, [.. found.Hits.Select(hit => hit.Cube)]), [new ChatTurn("user", question)], 8))
                {
                    if (context.Position - head > policy.ContextTokens)
                    {
                        exceeded.Add($"{vault.Id}: {context.Position - head} tokens in a context");
                    }

                    Interlocked.Add(ref mounted, context.Parts.Count(part => part.State is not null));
                    await foreach (GeneratedPiece piece in context.GenerateAsync(new GenerationRequest { MostTokens = 8 }))
                    {
                        _ = piece;
                    }
                }

                Interlocked.Increment(ref answers);
                Interlocked.Add(ref decisions, (await memory.Scheduler.RunAsync(vault, question)).Length);
                CubeId any = found.Hits.Length == 0 ? default : found.Hits[random.Next(found.Hits.Length)].Cube.Id;
                try
                {
                    await (random.Next(6) switch
                    {
                        0 when any != default => vault.UpdateAsync(any, new CubeUpdate { Text = $"{person} lives in {Places[random.Next(Places.Length)]}." }),
                        1 when any != default => memory.EncodeAsync(vault, [any]),
                        2 => vault.AddCubeAsync(Statement(random)),
                        _ => Task.CompletedTask,
                    });
                }
                catch (MemOSException refused) when (refused.Code is ErrorCodes.CubeNotFound or ErrorCodes.VersionConflict or ErrorCodes.BudgetExceeded)
                {
                    // The other chat was quicker, or there is no room for what was asked for by hand.
                }
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static NewCube Statement(Random random) => new()
    {
        Payload = new PlaintextPayload($"{People[random.Next(People.Length)]} lives in {Places[random.Next(Places.Length)]}."),
        Origin = OriginSignature.UserInput,
        Tags = [random.Next(2) == 0 ? "work" : "home"],
    };

    private static TransitionPolicy Policy(long disk, long memory, int tokens, RetentionOrder order) => new()
    {
        PromoteHeat = 1,
        DemoteHeat = 0.1,
        StableFor = TimeSpan.Zero,
        StayFor = TimeSpan.Zero,
        LeastTokens = 1,
        MostStates = 2,
        Recompute = 0,
        DiskBytes = disk,
        MemoryBytes = memory,
        ContextTokens = tokens,
        Retention = order,
        Labels = ["work", "home"],
    };

    private async Task<MemoryVault> OpenAsync(string name)
    {
        SqliteVaultEngine engine = new(_folder, options: null, TimeProvider.System);
        MemoryVault vault = await MemoryVault.OpenAsync(await engine.OpenAsync(new VaultId(name), create: true), new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });
        Random random = new(name.Length);
        for (int i = 0; i < 6; i++)
        {
            await vault.AddCubeAsync(Statement(random));
        }

        return vault;
    }

    // A file that gets its name between two looks would be counted under both; where something changed between two looks it is looked again.
    private long OnDisk(string name)
    {
        (string, long)[] seen = List(), again;
        while (!seen.SequenceEqual(again = List()))
        {
            seen = again;
        }

        return seen.Sum(file => file.Item2);

        (string, long)[] List()
        {
            try
            {
                return [.. Directory.EnumerateFiles(Path.Combine(_folder, "vaults", name, "payloads"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, new FileInfo(file).Length))];
            }
            catch (IOException)
            {
                return []; // no state was made yet, or one went at this moment
            }
        }
    }
}
