using MemOS.Models.Remote;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Tests.Remote;

/// <summary>Endpoints that speak OpenAI's protocol.</summary>
public sealed class RemoteModelTests : IAsyncLifetime
{
    private OpenAiServer server = null!; // set before every test

    public async Task InitializeAsync() => server = await OpenAiServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_answer_comes_whole_and_in_pieces()
    {
        using IChatClient client = RemoteModel.Chat(Options());
        Assert.Equal("hello there", (await client.GetResponseAsync("hi")).Text);
        Assert.Equal("Bearer key-1", server.Key);
        List<string> pieces = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("hi"))
        {
            pieces.Add(update.Text);
        }

        Assert.Equal(["hello", " there"], pieces.Where(piece => piece.Length > 0));
    }

    [Fact]
    public async Task Embeddings_come_as_numbers()
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = RemoteModel.Embeddings(Options());
        GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync(["hi"]);
        Assert.Equal((float[])[1, 2, 3], made[0].Vector.ToArray());
    }

    [Theory]
    [InlineData(401, ModelErrorCodes.RemoteRefused, false)]
    [InlineData(404, ModelErrorCodes.ModelNotFound, false)]
    [InlineData(400, ModelErrorCodes.InvalidRequest, false)]
    [InlineData(429, ModelErrorCodes.RemoteUnavailable, true)]
    [InlineData(500, ModelErrorCodes.RemoteUnavailable, true)]
    public async Task Failures_have_codes(int status, string code, bool isTransient)
    {
        server.Status = status;
        using IChatClient client = RemoteModel.Chat(Options() with { Retries = 0 });
        ModelException whole = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync("hi"));
        Assert.Equal((code, isTransient), (whole.Code, whole.IsTransient));
        ModelException streamed = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("hi"))
            {
            }
        });
        Assert.Equal(code, streamed.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":"none","data":"none"}""")]
    public async Task An_answer_that_is_none_of_the_protocol_is_told_as_such_and_is_not_an_empty_answer(string body)
    {
        server.Instead = body;
        using IChatClient client = RemoteModel.Chat(Options() with { Retries = 0 });
        using IEmbeddingGenerator<string, Embedding<float>> generator = RemoteModel.Embeddings(Options() with { Retries = 0 });
        foreach (Func<Task> ask in (Func<Task>[])[() => client.GetResponseAsync("hi"), () => client.GetStreamingResponseAsync("hi").ToChatResponseAsync(), () => generator.GenerateAsync(["hi"])])
        {
            ModelException failure = await Assert.ThrowsAsync<ModelException>(ask);
            Assert.Equal(ModelErrorCodes.RemoteUnavailable, failure.Code);
        }
    }

    [Fact]
    public async Task Misuse_stays_what_it_is()
    {
        using IChatClient client = RemoteModel.Chat(Options());
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.GetResponseAsync((IEnumerable<ChatMessage>)null!));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([]));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_says_so()
    {
        using IChatClient client = RemoteModel.Chat(Options() with { Endpoint = new Uri("http://127.0.0.1:1/v1"), Retries = 0 });
        Assert.Equal(ModelErrorCodes.RemoteUnavailable, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync("hi"))).Code);
    }

    [Fact]
    public async Task Cancelling_is_cancelling()
    {
        using IChatClient client = RemoteModel.Chat(Options());
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("hi", cancellationToken: cancel.Token));
    }

    private RemoteModelOptions Options() => new() { Endpoint = server.Endpoint, Model = "m", Key = "key-1" };
}
