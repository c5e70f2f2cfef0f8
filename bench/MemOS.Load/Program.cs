using System.Globalization;
using System.Net.Http.Headers;
using MemOS.Api;
using MemOS.Load;
using MemOS.Load.Many;

// Mixed adds and searches through HTTP over loopback, open loop: a request is due at its time whether or not those before it were answered, and its latency
// counts from when it was due. Usage: [--route native|product|openmem|chat] [--rate 100] [--seconds 60] [--vaults 10] [--preload 1000] [--ramp] [--step 10]
// Or a server with many vaults: many --data FOLDER [--vaults 10000] [--messages 30] [--touch 3000] [--make]; with --make they are only made.
Dictionary<string, int> options = new() { ["rate"] = 100, ["seconds"] = 60, ["vaults"] = 0, ["preload"] = 1000, ["step"] = 10, ["messages"] = 30, ["touch"] = 3000 };
bool many = args is ["many", ..];
options["vaults"] = many ? 10_000 : 10;
for (int i = 0; i + 1 < args.Length; i++)
{
    string name = args[i].TrimStart('-');
    if (options.ContainsKey(name))
    {
        options[name] = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
    }
}

if (many)
{
    ManyVaults campaign = new(Value("--data") ?? throw new ArgumentException("Name the data folder with --data."), options["vaults"], options["messages"]);
    await campaign.MakeAsync();
    if (!args.Contains("--make"))
    {
        await campaign.MeasureAsync(options["touch"]);
    }

    return 0;
}

string route = Value("--route") ?? "native";
await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync();
await using ServerProcess server = await ServerProcess.StartAsync(endpoint.Address);
using MemoryServerConnection connection = new(server.Address, server.Key);
using HttpClient client = new() { BaseAddress = server.Address };
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
Talk[] talks = [.. Enumerable.Range(0, options["vaults"]).Select(i => NewTalk(connection.CreateClient($"load-{i}"), i))];
await Task.WhenAll(talks.Select(talk => talk.PreloadAsync(options["preload"])));
Load load = new(talks);
await load.RunAsync(options["rate"], TimeSpan.FromSeconds(5)); // both processes compile their code

Console.WriteLine("| requests/s | seconds | requests | success | p50 ms | p95 ms | p99 ms | max ms |");
Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
Figures steady = await load.RunAsync(options["rate"], TimeSpan.FromSeconds(options["seconds"]));
Console.WriteLine(steady);
if (args.Contains("--ramp"))
{
    double[] factors = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40];
    foreach (double factor in factors)
    {
        Figures step = await load.RunAsync((int)(options["rate"] * factor), TimeSpan.FromSeconds(options["step"]));
        Console.WriteLine(step);
        if (step.Failed > 0 || step.Percentile(0.99) > 100)
        {
            break;
        }
    }
}

return steady.Failed == 0 ? 0 : 1;

string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

Talk NewTalk(IMemoryClient memory, int seed) => new(
    memory,
    route switch
    {
        "native" => new NativeRoute(memory),
        "product" => WireRoute.Product(client, memory.Vault),
        "openmem" => WireRoute.OpenMem(client, memory.Vault),
        "chat" => WireRoute.Chat(client, memory.Vault),
        _ => throw new ArgumentException($"'{route}' is not native, product, openmem or chat."),
    },
    seed);
