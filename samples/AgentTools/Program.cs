// Memory as tools: the model decides when to remember, recall, correct, forget and explain.
using MemOS;
using MemOS.Api;
using MemOS.Chat;
using Microsoft.Extensions.AI;

await using VaultHost host = VaultHost.OpenFolder(args.Length > 0 ? args[0] : "memos-data");
IMemoryClient memory = host.CreateClient("agent");

// The client inside invokes the functions that the one outside offers.
using IChatClient agent = new FunctionInvokingChatClient(Model.FromEnvironment()).WithMemory(memory, options => options.Mode = ChatMemoryMode.OnDemand);

Console.WriteLine(await agent.GetResponseAsync("Alice is allergic to peanuts."));
Console.WriteLine(await agent.GetResponseAsync("What must not be in Alice's cake?"));

// The same tools can be called without a model, or handed to any other agent framework.
foreach (AIFunction tool in MemoryTools.Create(memory))
{
    Console.WriteLine($"{tool.Name}: {tool.Description}");
}
