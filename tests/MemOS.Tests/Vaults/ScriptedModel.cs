using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Vaults;

/// <summary>A model that gives the answers it was given, in order; an empty one stands for an endpoint that is not there, <see cref="Never"/> for one that does not answer.</summary>
internal sealed class ScriptedModel(params string[] answers) : IChatClient
{
    public const string Never = "never";

    private readonly ConcurrentQueue<string> _answers = new(answers);

    /// <summary>What it was asked, the last message of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Done when it was asked.</summary>
    public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(messages.Last().Text);
        string answer = _answers.TryDequeue(out string? next) ? next : "";
        WasAsked.TrySetResult();
        if (answer == Never)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return answer.Length > 0 ? new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)) : throw new HttpRequestException("Connection refused");
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
