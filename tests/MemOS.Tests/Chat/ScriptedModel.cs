using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MemOS.Tests.Chat;

/// <summary>Answers what the test wrote down, and keeps what it was asked.</summary>
internal sealed class ScriptedModel(params ChatMessage[] answers) : IChatClient
{
    private int _next;

    public ScriptedModel(params string[] answers)
        : this([.. answers.Select(answer => new ChatMessage(ChatRole.Assistant, answer))])
    {
    }

    public List<List<ChatMessage>> Prompts { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public Exception? Failure { get; set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Failure is { } failure ? Task.FromException<ChatResponse>(failure) : Task.FromResult(new ChatResponse(Next(messages, options)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage answer = Next(messages, options);
        foreach (string word in answer.Text.Split(' '))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private ChatMessage Next(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Prompts.Add([.. messages]);
        Options.Add(options);
        return answers[Math.Min(_next++, answers.Length - 1)];
    }
}
