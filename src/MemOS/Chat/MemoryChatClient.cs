using System.Runtime.CompilerServices;
using MemOS.Api;
using Microsoft.Extensions.AI;

namespace MemOS.Chat;

/// <summary>A chat client with memory. Recalled text stands in front of the last user message, stamped and framed as data.</summary>
/// <remarks>
/// Stored is what the user said since the last answer, and the answer once it is complete; when a stream is given up, what the user said. A failing memory is
/// logged and never fails the call. The ids of the memories used are in the additional properties of the response as <see cref="UsedMemories"/>.
/// </remarks>
public sealed class MemoryChatClient : DelegatingChatClient
{
    /// <summary>The additional property of a response that holds the ids of the memories used: <see cref="IReadOnlyList{T}"/> of <see cref="Guid"/>.</summary>
    public const string UsedMemories = "memos.memories";

    private readonly ChatMemoryMode _mode;
    private readonly ConversationMemory _memory;
    private readonly AITool[] _tools;

    /// <summary>Gives a chat client memory. See <see cref="MemoryChatClientExtensions.WithMemory"/>.</summary>
    public MemoryChatClient(IChatClient innerClient, IMemoryClient memory, ChatMemoryOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ChatMemoryOptions own = (options ?? new ChatMemoryOptions()).Checked();
        _mode = own.Mode;
        _memory = new ConversationMemory(memory, own);
        _tools = _mode is ChatMemoryMode.OnDemand ? [.. MemoryTools.Create(memory)] : [];
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_mode is ChatMemoryMode.OnDemand)
        {
            return await base.GetResponseAsync(messages, WithTools(options), cancellationToken).ConfigureAwait(false);
        }

        List<ChatMessage> prompt = [.. messages];
        List<NewMessage> said = Said(prompt);
        Guid[] used = await InjectAsync(prompt, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        (response.AdditionalProperties ??= [])[UsedMemories] = used;
        await _memory.StoreAsync([.. said, .. Answers(response.Messages)], options?.ConversationId).ConfigureAwait(false);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_mode is ChatMemoryMode.OnDemand)
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, WithTools(options), cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        List<ChatMessage> prompt = [.. messages];
        List<NewMessage> said = Said(prompt);
        Guid[] used = await InjectAsync(prompt, cancellationToken).ConfigureAwait(false);
        List<ChatResponseUpdate> updates = [];
        bool complete = false;
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false))
            {
                if (updates.Count == 0)
                {
                    (update.AdditionalProperties ??= [])[UsedMemories] = used;
                }

                updates.Add(update);
                yield return update;
            }

            complete = true;
        }
        finally
        {
            // A model that began to answer has heard the user. Half an answer is none.
            if (complete || updates.Count > 0)
            {
                await _memory.StoreAsync(complete ? [.. said, .. Answers(updates.ToChatResponse().Messages)] : said, options?.ConversationId).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the user said since the last answer: the rest of the conversation has been stored in its time.</summary>
    private static List<NewMessage> Said(List<ChatMessage> messages)
    {
        int last = messages.FindLastIndex(message => message.Role == ChatRole.Assistant);
        return [.. messages.Skip(last + 1).Where(message => message.Role == ChatRole.User).Select(ToMemory).OfType<NewMessage>()];
    }

    private static IEnumerable<NewMessage> Answers(IEnumerable<ChatMessage> messages) =>
        messages.Where(message => message.Role == ChatRole.Assistant).Select(ToMemory).OfType<NewMessage>();

    private static NewMessage? ToMemory(ChatMessage message) => ConversationMemory.Own(message.Text) is { } text
        ? new NewMessage { Text = text, Role = message.Role.Value, Speaker = message.AuthorName is { Length: > 0 } name ? name : null }
        : null;

    private async Task<Guid[]> InjectAsync(List<ChatMessage> prompt, CancellationToken cancellationToken)
    {
        int asking = prompt.FindLastIndex(message => message.Role == ChatRole.User);
        RecallResponse? found = asking < 0 ? null : await _memory.RecallAsync(prompt[asking].Text, cancellationToken).ConfigureAwait(false);
        if (found is null || found.PromptText() is not { Length: > 0 } text)
        {
            return [];
        }

        // In the user's turn and not in one of its own: models whose template wants turns to alternate take it too, and it is no instruction of the system.
        ChatMessage asked = prompt[asking].Clone();
        asked.Contents = [new TextContent(text + "\n\n"), .. asked.Contents];
        prompt[asking] = asked;
        return [.. found.Hits.Select(hit => hit.Cube.Id)];
    }

    private ChatOptions WithTools(ChatOptions? options)
    {
        ChatOptions own = options?.Clone() ?? new ChatOptions();
        own.Tools = [.. own.Tools ?? [], .. _tools];
        return own;
    }
}
