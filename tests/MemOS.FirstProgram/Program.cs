using MemOS;
using MemOS.Api;

await using VaultHost host = VaultHost.OpenFolder("memos-data");
IMemoryClient memory = host.CreateClient("alice");
foreach (RecallHitRecord hit in (await memory.RecallAsync("When does my train leave?")).Hits)
{
    Console.WriteLine($"I remember: {hit.Cube.Text}");
}

await memory.AddAsync("My train to Vienna leaves at nine on Friday.");
