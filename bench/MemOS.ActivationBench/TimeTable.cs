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
            $"{description.Description}, {description.Cache} keys and values, {description.CacheBytesPerToken} bytes a token, {description.CpuVariant}, {threads} threads, median of {repeat} (full prefill: 1)"));
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
                    (double full, _, _) = await TimeAsync(memory, lease.Vault, new ContextPart([cube], null), turns);
                    List<double> mounted = [], alone = [];
                    int position = 0, tokens = 0;
                    for (int i = 0; i <= repeat; i++)
                    {
                        // In turns, so that what else the machine does meets both.
                        (double ours, position, int[] rest) = await TimeAsync(memory, lease.Vault, new ContextPart([cube], state.Id), turns);
                        double theirs = library.Time(rest, position);
                        tokens = rest.Length;
                        if (i > 0)
                        {
                            mounted.Add(ours); // the first of each warms up
                            alone.Add(theirs);
                        }
                    }

                    (double middle, double direct) = (Median(mounted), Median(alone));
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"| {position} | {tokens} | {full:F2} | {middle:F3} | {100 * (1 - (middle / full)):F1} % | {build:F2} | {bytes / 1e6:F1} | {build / (full - middle):F2} | {direct:F3} | {100 * ((middle / direct) - 1):F1} % |"));
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
