using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;

/// <summary>The model of the samples: an endpoint where one is named, else a stand-in that answers with what memory gave it.</summary>
internal static class Model
{
    public static IChatClient FromEnvironment() => Environment.GetEnvironmentVariable("CHAT_URL") is { Length: > 0 } url
        ? new OpenAI.Chat.ChatClient(
            Environment.GetEnvironmentVariable("CHAT_MODEL") ?? "default",
            new ApiKeyCredential(Environment.GetEnvironmentVariable("CHAT_KEY") ?? "none"),
            new OpenAIClientOptions { Endpoint = new Uri(url) }).AsIChatClient()
        : new StandIn();

    private sealed class StandIn : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer([.. messages], options))));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static List<AIContent> Answer(List<ChatMessage> messages, ChatOptions? options)
        {
            string asked = messages.Last(message => message.Role == ChatRole.User).Text;
            if (options?.Tools is { Count: > 0 })
            {
                // With tools it does what a model would: look first, remember what is new.
                return messages[^1].Contents.OfType<FunctionResultContent>().LastOrDefault() is { } result
                    ? [new TextContent($"(stand-in) The tool said: {result.Result}")]
                    : [asked.EndsWith('?') ? Call("recall", "query", asked) : Call("remember", "text", asked)];
            }

            string[] notes = [.. asked.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];
            return [new TextContent(notes.Length > 0 ? $"(stand-in) Memory gave me:\n{string.Join('\n', notes)}" : "(stand-in) Memory gave me nothing on this.")];
        }

        private static FunctionCallContent Call(string tool, string argument, string value) => new($"call-{tool}", tool, new Dictionary<string, object?> { [argument] = value });
    }
}
