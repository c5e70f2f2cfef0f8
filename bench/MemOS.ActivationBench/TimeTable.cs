using System.Diagnostics;
using System.Globalization;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Vaults;

namespace MemOS.ActivationBench;

/// <summary>
/// The paper's table: time to the first token with the memory computed and with its state mounted. Both go the way of every answer: rights, tokens, the model's process, the
/// sampler. Mounted is from the state's file; loaded ahead is when it is in the model's memory before the question comes. The library alone is a loop in this process: restore the same bytes, decode the same question,
/// with its own attention; what it saves is told where full prefill has that too.
/// </summary>
internal static class TimeTable
{
    private const int Reserve = 512;
    private const int WarmRounds = 64;

    public static async Task RunAsync(string path, int[] contexts, int[] questions, int threads, int repeat, bool isCompact, bool leavesAttention, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-table-");
        int most = (2 * (contexts.Max() + Reserve)) + questions.Max(); // a state that is loaded ahead, and the context that begins with it
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = most, Threads = threads, Sequences = 4, CompactStates = isCompact, LibraryAttention = leavesAttention });
        ModelDescription description = await model.DescribeAsync();
        ActivationOptions options = new() { Policies = new TransitionPolicies(new TransitionPolicy { ContextTokens = most, MemoryBytes = most * description.CacheBytesPerToken }) };
        await using ActivationMemory memory = new(model, options);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{description.Description}, {description.Cache} keys and values in states, {description.StateBytesPerToken} bytes a token, {description.CpuVariant}, attention by {(description.HasOwnAttention ? "our device" : "the library")}, {threads} threads, medians of {repeat} rounds"));
        output.WriteLine("| context | question | full prefill, s | mounted, s | saved | loaded ahead, s | saved | build, s | state, MB | pays after | library alone, s | it saves | over it |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        await using VaultHost host = VaultHost.OpenFolder(folder.FullName);
        await WarmAsync(model, options, memory, host);
        foreach (int context in contexts)
        {
            // A vault each, so that its one state is what a conversation begins with.
            await using VaultLease lease = await host.CreateAsync(new VaultId(string.Create(CultureInfo.InvariantCulture, $"table-{context}")));
            MemCube cube = await lease.Vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload(Words(context, context)), Origin = OriginSignature.UserInput });
            long start = Stopwatch.GetTimestamp();
            MemCube state = await memory.EncodeAsync(lease.Vault, [cube.Id]);
            double build = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long bytes = ((StoredPayload)state.Payload).Length;
            using Stream stream = lease.Vault.States.Open(state.Id);
            using LibraryLoop? library = isCompact ? null : new(path, ((FileStream)stream).Name, most, threads); // which has no such states
            ContextPart text = new([cube], null), held = new([cube], state.Id);
            foreach (int question in questions)
            {
                ChatTurn[] turns = [new("user", Words(question, question))];
                (_, int position, int[] rest) = await TimeAsync(memory, lease.Vault, held, turns); // warms up, as the next does
                library?.Time(rest, position);
                List<double> full = [], mounted = [], ahead = [], alone = [];
                for (int round = 0; round < repeat; round++)
                {
                    // In turns, and compared round by round, so that what else the machine does meets all four.
                    full.Add((await TimeAsync(memory, lease.Vault, text, turns)).Seconds);
                    mounted.Add((await TimeAsync(memory, lease.Vault, held, turns)).Seconds);
                    alone.Add(library?.Time(rest, position) ?? double.NaN);
                    ahead.Add(await TimeAheadAsync(model, options, lease.Vault, held, turns));
                }

                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {position} | {rest.Length} | {Median(full):F2} | {Median(mounted):F3} | {Saved(mounted, full)} | {Median(ahead):F3} | {Saved(ahead, full)} | {build:F2} | {bytes / 1e6:F1} | {build / (Median(full) - Median(mounted)):F2} | {(library is null ? "–" : $"{Median(alone):F3}")} | {(description.HasOwnAttention ? "–" : Saved(alone, full))} | {Over(mounted, alone)} |"));
            }
        }

        folder.Delete(recursive: true);
    }

    // What a server that has run for a while has behind it: its code is compiled to the end, in both processes.
    private static async Task WarmAsync(LocalModel model, ActivationOptions options, ActivationMemory memory, VaultHost host)
    {
        await using VaultLease lease = await host.CreateAsync(new VaultId("warm"));
        MemCube cube = await lease.Vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("A memory."), Origin = OriginSignature.UserInput });
        MemCube state = await memory.EncodeAsync(lease.Vault, [cube.Id]);
        ContextPart held = new([cube], state.Id);
        for (int round = 0; round < WarmRounds; round++)
        {
            await TimeAsync(memory, lease.Vault, held, [new("user", "A question.")]);
            await TimeAheadAsync(model, options, lease.Vault, held, [new("user", "A question.")]);
        }
    }

    // As where a conversation begins: the state is in the model's memory before the question comes.
    private static async Task<double> TimeAheadAsync(LocalModel model, ActivationOptions options, MemoryVault vault, ContextPart part, ChatTurn[] turns)
    {
        await using ActivationMemory memory = new(model, options);
        int loaded = await memory.Scheduler.LoadAheadAsync(vault);
        double seconds = (await TimeAsync(memory, vault, part, turns)).Seconds;
        return loaded == 1 && memory.Scheduler.Loading.Hits == 1 ? seconds : throw new InvalidDataException("The state was not loaded ahead.");
    }

    // Up to the first token, as a caller of the product waits for it.
    private static async Task<(double Seconds, int Position, int[] Tokens)> TimeAsync(ActivationMemory memory, MemoryVault vault, ContextPart part, ChatTurn[] turns)
    {
        long start = Stopwatch.GetTimestamp();
        await using OpenContext context = await memory.OpenAsync(vault, [part], turns, Caller.Owner);
        await foreach (GeneratedPiece _ in context.GenerateAsync(new GenerationRequest { MostTokens = 1 }))
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return context.Parts[0].State == part.State ? (seconds, context.Position, context.Rest) : throw new InvalidDataException("The state was not mounted.");
        }

        throw new InvalidDataException("No token came.");
    }

    private static string Saved(List<double> with, List<double> without) => Shares(with.Zip(without, (one, other) => 100 * (1 - (one / other))));

    private static string Over(List<double> ours, List<double> alone) => Shares(ours.Zip(alone, (one, other) => 100 * ((one / other) - 1)));

    private static string Shares(IEnumerable<double> rounds)
    {
        List<double> shares = [.. rounds];
        return shares.Exists(double.IsNaN) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Median(shares):F1} % ({shares.Min():F1}–{shares.Max():F1})");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    // Words made of letters, a token each in the models of this repository's maker. The layout adds some.
    private static string Words(int characters, int seed)
    {
        Random random = new(seed);
        return string.Create(characters, random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = i % 6 == 5 && i < text.Length - 1 ? ' ' : (char)('a' + random.Next(26));
            }
        });
    }
}
