// What was known when: every change is a version, and questions can be asked of the past.
using MemOS;
using MemOS.Api;

await using VaultHost host = VaultHost.OpenFolder(args.Length > 0 ? args[0] : "memos-data");
IMemoryClient memory = host.CreateClient($"project {Guid.CreateVersion7()}");

Guid plan = (await memory.AddAsync("The release is planned for the 3rd of May.", speaker: "Ann")).Messages[0].Cubes[0].Id;
DateTimeOffset then = (await memory.GetAsync(plan))!.TxFrom;
await memory.UpdateAsync(plan, "The release is planned for the 7th of June.");

Console.WriteLine($"Now:  {(await memory.RecallAsync("When is the release?")).Hits[0].Cube.Text}");
Console.WriteLine($"Then: {(await memory.RecallAsync(new RecallRequest { Text = "When is the release?", AsOf = then })).Hits[0].Cube.Text}");

foreach (CubeRecord version in (await memory.HistoryAsync(plan)).Items)
{
    Console.WriteLine($"Version {version.Version}, since {version.TxFrom:u}: {version.Text}");
}

// The operations that only the vault itself has are one step away.
await using VaultLease lease = await host.OpenAsync(new MemOS.Vaults.VaultId(memory.Vault));
await lease.Vault.RollbackAsync(new MemOS.Cubes.CubeId(plan), version: 1);
Console.WriteLine($"Back: {(await memory.GetAsync(plan))!.Text}");
