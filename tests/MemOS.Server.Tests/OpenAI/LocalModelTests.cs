using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace MemOS.Server.Tests.OpenAI;

/// <summary>A chat client in the process of the server takes the place of an endpoint.</summary>
public sealed class LocalModelTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-local-").FullName;
    private WebApplication _server = null!; // set before each test

    public async Task InitializeAsync() => _server = await ServerFixture.StartAsync(new ServerSettings
    {
        DataFolder = _folder,
        Urls = "http://127.0.0.1:0",
        Output = TextWriter.Null,
        RequireKey = false,
        Model = new Parrot(),
    });

    public async Task DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_answers_with_memory_at_once_and_as_a_stream()
    {
        ChatClient chat = Client("parrot");
        await chat.CompleteChatAsync("The kettle is green.");
        ChatCompletion answer = await chat.CompleteChatAsync(new SystemChatMessage("Be brief."), new UserChatMessage("What colour is the kettle?"));
        Assert.Contains("The kettle is green.", answer.Content[0].Text, StringComparison.Ordinal);
        string words = "";
        await foreach (StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync("And the colour of the kettle?"))
        {
            words += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Contains("The kettle is green.", words, StringComparison.Ordinal);
        Assert.EndsWith("And the colour of the kettle?", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused()
    {
        ChatCompletionOptions options = new() { Tools = { ChatTool.CreateFunctionTool("weather") } };
        ClientResultException refused = await Assert.ThrowsAsync<ClientResultException>(() => Client("parrot").CompleteChatAsync([new UserChatMessage("x")], options));
        Assert.Equal(400, refused.Status);
        Assert.Contains("calls no tools", refused.Message, StringComparison.Ordinal);
    }

    private ChatClient Client(string model) => new(model, new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri($"{_server.Urls.Single()}/v1") });

    /// <summary>Says what it was told.</summary>
    private sealed class Parrot : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text)));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (char letter in messages.Last().Text)
            {
                await Task.Yield();
                yield return new ChatResponseUpdate(ChatRole.Assistant, letter.ToString());
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
