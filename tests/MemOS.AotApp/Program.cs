using MemOS;
using MemOS.Api;
using MemOS.AotApp;
using MemOS.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

// Published natively and run: whatever trimming or ahead-of-time compilation breaks ends in an exit code other than 0.
string folder = args.Length > 0 ? args[0] : throw new ArgumentException("Give a data folder.");
await using ServiceProvider services = new ServiceCollection().AddMemOS(options => options.DataFolder = folder).BuildServiceProvider();
IMemoryClient memory = services.GetRequiredService<IMemoryClientFactory>().CreateClient("native");

// Store, recall, correct, explain, forget.
Guid cube = (await memory.AddAsync("My train to Vienna leaves at nine on Friday.", speaker: "Alice")).Messages[0].Cubes[0].Id;
Require((await memory.RecallAsync("When does the train leave?")).Hits[0].Cube.Id == cube, "recall");
Require((await memory.UpdateAsync(cube, "My train to Vienna leaves at ten on Friday.")).Version == 2, "update");
Require((await memory.ExplainAsync(cube)).Messages[0].Text.Contains("nine", StringComparison.Ordinal), "explain");

// A chat client with memory, and the tools, whose arguments and results are JSON.
EchoModel model = new();
using MemoryChatClient chat = model.WithMemory(memory);
await chat.GetResponseAsync("When does the train leave?");
Require(model.LastPrompt.Contains("leaves at ten", StringComparison.Ordinal), "chat");
AIFunction recall = MemoryTools.Create(memory).Single(tool => tool.Name == "recall");
object? found = await recall.InvokeAsync(new AIFunctionArguments { ["query"] = "train", ["limit"] = 5 });
Require(found?.ToString()?.Contains("leaves at ten", StringComparison.Ordinal) == true, "tools");
Require((await memory.ForgetAsync(cube)).Messages == 1, "forget");

// The client over HTTP, when there is a server to talk to.
if (args.Length == 3)
{
    using MemoryServerConnection server = new(new Uri(args[1]), args[2]);
    await server.CreateClient("native").AddAsync("Over the wire it is the same.");
    Require((await server.CreateClient("native").RecallAsync("What is the same over the wire?")).Hits.Count == 1, "http");
}

Console.WriteLine("native: ok");

static void Require(bool holds, string what) => _ = holds ? 0 : throw new InvalidOperationException($"{what} does not work when compiled natively.");
