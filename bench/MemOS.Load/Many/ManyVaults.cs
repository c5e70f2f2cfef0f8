using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MemOS.Api;

namespace MemOS.Load.Many;

/// <summary>A server with many vaults, each with a few messages: made through HTTP, then measured from the start of a new process on.</summary>
/// <param name="folder">The data folder; what is made stays there, and what is there is not made again.</param>
/// <param name="count">How many vaults.</param>
/// <param name="messages">Messages in each.</param>
internal sealed class ManyVaults(string folder, int count, int messages)
{
    private const int MostAtOnce = 8;
    private const int KeptOpen = 200; // fewer than the server keeps open
    private const int Rounds = 5;

    private string[] Names => [.. Enumerable.Range(0, count).Select(number => $"user-{number:00000}")];

    /// <summary>Makes the vaults that are not there.</summary>
    public async Task MakeAsync()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(null, folder);
        using MemoryServerConnection connection = new(server.Address, server.Key);
        using HttpClient client = Client(server);
        HashSet<string> there = [.. await ListAsync(client)];
        string[] missing = [.. Names.Where(name => !there.Contains(name))];
        if (missing.Length > 0)
        {
            long start = Stopwatch.GetTimestamp();
            Latencies made = await Latencies.OfAsync(missing, MostAtOnce, name => Talk(connection, name).PreloadAsync(messages));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Row($"make and fill {missing.Length} vaults, {MostAtOnce} at once", string.Create(CultureInfo.InvariantCulture, $"{missing.Length / seconds:0} vaults a second; {made}"));
            Row("the server that made them", ProcessFigures.Read(server.Id).ToString());
        }

        await StopAsync(server);
    }

    /// <summary>Measures a server that begins with the vaults on disk.</summary>
    /// <param name="touched">How many different vaults are asked.</param>
    public async Task MeasureAsync(int touched)
    {
        string nothing = Directory.CreateTempSubdirectory("memos-none-").FullName;
        await HealthyAsync(nothing); // the programs are in memory then
        Row("start to healthy, no vault", await HealthyAsync(nothing));
        Directory.Delete(nothing, recursive: true);
        Row($"start to healthy, {count} vaults", await HealthyAsync(folder));
        await using ServerProcess server = await ServerProcess.StartAsync(null, folder);
        using MemoryServerConnection connection = new(server.Address, server.Key);
        using HttpClient client = Client(server);
        Row("after the start", ProcessFigures.Read(server.Id).ToString());
        Row("list the first 1,000 vaults", (await Latencies.OfAsync(Enumerable.Range(0, 20), 1, _ => client.GetStringAsync("api/v1/vaults?limit=1000"))).ToString());
        Row("list all vaults, 1,000 at a time", (await Latencies.OfAsync(Enumerable.Range(0, 3), 1, _ => ListAsync(client))).ToString());

        string[] names = Names;
        new Random(1).Shuffle(names);
        string[] sequential = names[..(touched / 2)], together = names[(touched / 2)..touched];
        int open = 0;
        Row("recall in a closed vault, one at a time", (await RecallAsync(sequential, 1)).ToString());
        Row($"recall in a closed vault, {MostAtOnce} at once", (await RecallAsync(together, MostAtOnce)).ToString());
        Row("recall in an open vault, one at a time", (await RecallAsync(Enumerable.Repeat(together[^Math.Min(KeptOpen, together.Length)..], Rounds).SelectMany(round => round), 1)).ToString());
        Row("add to a closed vault, one at a time", (await Latencies.OfAsync(sequential[..(touched / 4)], 1, name => connection.CreateClient(name).AddAsync("The last train leaves at ten."))).ToString());
        Row($"after {touched} vaults", ProcessFigures.Read(server.Id).ToString());
        Row("the most vaults that were open", open.ToString(CultureInfo.InvariantCulture));
        Row("look for a memory that is nowhere, by its id alone", (await Latencies.OfAsync(Enumerable.Range(0, 1), 1, async _ =>
        {
            using HttpResponseMessage none = await client.PostAsJsonAsync("product/get_memory_by_ids", new[] { Guid.CreateVersion7() });
            none.EnsureSuccessStatusCode();
        })).ToString());
        Row("after that", ProcessFigures.Read(server.Id).ToString());
        await StopAsync(server);

        Task<Latencies> RecallAsync(IEnumerable<string> asked, int atOnce) => Latencies.OfAsync(asked.Index(), atOnce, async item =>
        {
            await Talk(connection, item.Item).SearchAsync();
            if (item.Index % 50 == 0)
            {
                open = Math.Max(open, ProcessFigures.Read(server.Id).Vaults);
            }
        });
    }

    private static void Row(string what, string figures) => Console.WriteLine($"| {what} | {figures} |");

    private static HttpClient Client(ServerProcess server) => new() { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", server.Key) } };

    private static async Task<string> HealthyAsync(string data)
    {
        long start = Stopwatch.GetTimestamp();
        await using ServerProcess server = await ServerProcess.StartAsync(null, data);
        using HttpClient client = new() { BaseAddress = server.Address };
        await client.GetStringAsync("health");
        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
    }

    private static async Task StopAsync(ServerProcess server)
    {
        long start = Stopwatch.GetTimestamp();
        await server.StopAsync();
        Row("stop, with what was open", string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"));
    }

    private static async Task<List<string>> ListAsync(HttpClient client)
    {
        List<string> all = [];
        string? after = null;
        do
        {
            VaultPage page = await client.GetFromJsonAsync($"api/v1/vaults?limit=1000{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", ApiJsonContext.Default.VaultPage) ?? new VaultPage { Items = [] };
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static Talk Talk(MemoryServerConnection connection, string name)
    {
        IMemoryClient memory = connection.CreateClient(name);
        return new Talk(memory, new NativeRoute(memory), int.Parse(name[^5..], CultureInfo.InvariantCulture));
    }
}
