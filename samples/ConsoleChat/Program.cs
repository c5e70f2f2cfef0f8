// A chat that knows tomorrow what you said today. Empty line to leave; start it again and ask.
using MemOS;
using MemOS.Api;
using Microsoft.Extensions.AI;

await using VaultHost host = VaultHost.OpenFolder(args.Length > 0 ? args[0] : "memos-data");
IMemoryClient memory = host.CreateClient("me");
using IChatClient chat = Model.FromEnvironment().WithMemory(memory);

List<ChatMessage> conversation = [];
while (Console.ReadLine() is { Length: > 0 } line)
{
    conversation.Add(new ChatMessage(ChatRole.User, line));
    List<ChatResponseUpdate> updates = [];
    await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(conversation))
    {
        Console.Write(update.Text);
        updates.Add(update);
    }

    Console.WriteLine();
    conversation.AddMessages(updates);
}
