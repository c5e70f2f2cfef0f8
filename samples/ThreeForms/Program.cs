// Three forms of memory: text, the state of a model that has read it, and weights.
// The weights are stored, versioned and applied here, not made: training an adapter from a text is still to come. Name one as second argument.
using MemOS;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

if (!LocalRuntime.HasLibraries)
{
    Console.WriteLine("No model runs here: the llama.cpp libraries are absent. Build with npm and network, or name their folder in MEMOS_LLAMA.");
    return;
}

await using VaultHost host = VaultHost.OpenFolder(args.Length > 0 ? args[0] : "memos-data");
await using VaultLease lease = await host.CreateAsync(new VaultId($"three forms {Guid.CreateVersion7()}"));
MemoryVault vault = lease.Vault;
await using LocalModel model = new(new LocalModelOptions { Path = Path.Combine(AppContext.BaseDirectory, "tiny-memory.gguf"), ContextTokens = 1024 });
await using ActivationMemory activation = new(model, new ActivationOptions { Frame = "" }); // this tiny model knows facts, and no introduction to them
using ActivationChatClient chat = new(activation);

// Plaintext: what everything begins with and can be made from again.
MemCube fact = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("Anna lives in Vienna."), Origin = OriginSignature.UserInput });
await AskAsync("Plaintext");

// Activation: the model reads the text once, and its state is kept. An answer begins with the state, not with reading.
MemCube state = await activation.EncodeAsync(vault, [fact.Id]);
Console.WriteLine($"A state of {((StoredPayload)state.Payload).Length:N0} bytes, made from version {fact.Version} of the text.");
await AskAsync("Activation");

// A state says what its text said. When the text is changed, it is not mounted any more; the text is read until there is a new one.
fact = await vault.UpdateAsync(fact.Id, new CubeUpdate { Text = "Anna lives in Oslo." });
Console.WriteLine($"After the edit: {vault.States.Check(state.Id, await activation.BindingAsync()).Obstacle}.");
await AskAsync("Plaintext again");
await activation.EncodeAsync(vault, [fact.Id]);
await AskAsync("Activation again");

// Parametric: a LoRA adapter is a cube like any other: versions, rights, forgetting, export. The runtime applies it to an answer.
if (args.Length < 2)
{
    Console.WriteLine("Parametric: no adapter was named.");
    return;
}

MemCube adapter = await vault.AddCubeAsync(new NewCube
{
    Payload = await StageAsync(args[1]),
    Origin = OriginSignature.ExternalRetrieval,
    Model = (await model.DescribeAsync()).Fingerprint,
    Tags = ["first"],
});
adapter = await vault.UpdateAsync(adapter.Id, new CubeUpdate { Tags = ["second"] });
Console.WriteLine($"An adapter of {((StoredPayload)adapter.Payload).Length:N0} bytes, version {adapter.Version} of {vault.History(adapter.Id).Count}.");
await using (FileStream bytes = (FileStream)vault.OpenPayload(adapter)) // the file that the vault keeps; open while it is used
{
    foreach (float scale in (float[])[0, 1, 8])
    {
        ChatOptions options = new() { MaxOutputTokens = 16, AdditionalProperties = new() { [LocalChatClient.AdaptersProperty] = (AdapterUse[])[new(bytes.Name, scale)] } };
        ChatResponse answer = await chat.GetResponseAsync([new(ChatRole.System, fact.Text), new(ChatRole.User, "Where does Anna live?")], options);
        Console.WriteLine($"Parametric, scale {scale}: {answer.Text}");
    }
}

async Task AskAsync(string form)
{
    ChatResponse answer = await chat.GetResponseAsync("Where does Anna live?", new RecalledMemories(vault, Caller.Owner, [fact]).AddTo(null));
    var used = (IReadOnlyList<UsedMemory>)answer.Messages[0].AdditionalProperties![RecalledMemories.UsedProperty]!;
    Console.WriteLine($"{form}: {answer.Text} (read as {used[0].Form})");
}

async Task<StoredPayload> StageAsync(string path)
{
    await using FileStream file = File.OpenRead(path);
    return await vault.StagePayloadAsync(PayloadKind.Parametric, file, "application/vnd.gguf");
}
