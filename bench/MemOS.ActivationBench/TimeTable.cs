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
/// sampler. The last column is the library alone, in a loop in this process: restore the same bytes, decode the same question.
/// </summary>
internal static class TimeTable
{
    private const int Reserve = 512;

    public static async Task RunAsync(string path, int[] contexts, int[] questions, int threads, int repeat, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-table-");
        int most = contexts.Max() + questions.Max() + Reserve;
        await using LocalModel model = new(new LocalModelOptions { Path = path, ContextTokens = most, Threads = threads, Sequences = 4 });
        await using ActivationMemory memory = new(model, new ActivationOptions { Policies = new TransitionPolicies(new TransitionPolicy { ContextTokens = most }) });
        ModelDescription description = await model.DescribeAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{description.Description}, {description.Cache} keys and values, {description.CacheBytesPerToken} bytes a token, {description.CpuVariant}, {threads} threads, medians of {repeat} rounds"));
        output.WriteLine("| context | question | full prefill, s | mounted, s | saved | build, s | state, MB | pays after | library alone, s | over it |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        await using VaultHost host = VaultHost.OpenFolder(folder.FullName);
        await using (VaultLease lease = await host.CreateAsync(new VaultId("table")))
        {
            foreach (int context in contexts)
            {
                MemCube cube = await lease.Vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload(Words(context, context)), Origin = OriginSignature.UserInput });
                long start = Stopwatch.GetTimestamp();
                MemCube state = await memory.EncodeAsync(lease.Vault, [cube.Id]);
                double build = Stopwatch.GetElapsedTime(start).TotalSeconds;
                long bytes = ((StoredPayload)state.Payload).Length;
                using Stream stream = lease.Vault.States.Open(state.Id);
                using LibraryLoop library = new(path, ((FileStream)stream).Name, most, threads);
                foreach (int question in questions)
                {
                    ChatTurn[] turns = [new("user", Words(question, question))];
                    (_, int position, int[] rest) = await TimeAsync(memory, lease.Vault, new ContextPart([cube], state.Id), turns); // warms up, as the next does
                    library.Time(rest, position);
                    List<double> full = [], mounted = [], alone = [], saved = [], over = [];
                    for (int round = 0; round < repeat; round++)
                    {
                        // In turns, and compared round by round, so that what else the machine does meets all three.
                        full.Add((await TimeAsync(memory, lease.Vault, new ContextPart([cube], null), turns)).Seconds);
                        mounted.Add((await TimeAsync(memory, lease.Vault, new ContextPart([cube], state.Id), turns)).Seconds);
                        alone.Add(library.Time(rest, position));
                        saved.Add(100 * (1 - (mounted[round] / full[round])));
                        over.Add(100 * ((mounted[round] / alone[round]) - 1));
                    }

                    (double computed, double restored) = (Median(full), Median(mounted));
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"| {position} | {rest.Length} | {computed:F2} | {restored:F3} | {Median(saved):F1} % ({saved.Min():F1}–{saved.Max():F1}) | {build:F2} | {bytes / 1e6:F1} | {build / (computed - restored):F2} | {Median(alone):F3} | {Median(over):F1} % |"));
                }
            }
        }

        folder.Delete(recursive: true);
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
