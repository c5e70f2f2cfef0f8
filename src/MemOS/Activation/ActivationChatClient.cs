using System.Runtime.CompilerServices;
using MemOS.Chat;
using MemOS.Models;
using MemOS.Models.Llama;
using Microsoft.Extensions.AI;

namespace MemOS.Activation;

/// <summary>A chat client over a local model that takes recalled memories as mounted states and text. Safe from any thread; it owns nothing.</summary>
/// <remarks>
/// Memories come with a call as <see cref="RecalledMemories"/>, steering vectors as <see cref="SteeringUse"/>. They stand in the system's turn, framed as data, in front of what the conversation says there. The
/// first update of an answer, and the whole answer, say which were in the context, as <see cref="UsedMemory"/>. Otherwise as <see cref="LocalChatClient"/>.
/// </remarks>
public sealed class ActivationChatClient : IChatClient
{
    private readonly ActivationMemory _memory;
    private readonly LocalChatClient _plain;

    /// <summary>Makes a client.</summary>
    /// <param name="memory">Activation memory over the model; alive as long as the client is used.</param>
    public ActivationChatClient(ActivationMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _memory = memory;
        _plain = new LocalChatClient(memory.Model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);
        foreach (string property in (string[])[RecalledMemories.UsedProperty, MemoryChatClient.UsedMemories])
        {
            // Put together, updates of one message leave what they tell with the message.
            if (response.Messages.Select(message => message.AdditionalProperties?.GetValueOrDefault(property)).FirstOrDefault(told => told is not null) is { } told)
            {
                (response.AdditionalProperties ??= [])[property] = told;
            }
        }

        return response;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RecalledMemories? recalled = options?.AdditionalProperties?.GetValueOrDefault(RecalledMemories.Property) as RecalledMemories;
        SteeringUse? steering = options?.AdditionalProperties?.GetValueOrDefault(SteeringUse.Property) as SteeringUse;
        recalled ??= steering is null ? null : new RecalledMemories(steering.Vault, steering.Caller, []);
        if (recalled is null || (recalled.Cubes.Count == 0 && recalled.Mounted is null && steering is null))
        {
            await foreach (ChatResponseUpdate update in _plain.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        using IDisposable place = _memory.Model.WaitForAnswer();
        List<ChatTurn> turns = LocalChatClient.Turns(messages, options);
        GenerationRequest request = LocalChatClient.Request(options) with { Steering = steering is null ? null : await _memory.Steering.MountAsync(steering, cancellationToken).ConfigureAwait(false) };
        if (request.Adapters.Count > 0 && (recalled.Cubes.Count > 0 || recalled.Mounted is not null))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "Recalled memories are computed by the bare model, so that an answer under adapters cannot build on them; give them as text in a message.");
        }

        OpenContext context = await _memory.OpenAsync(recalled, turns, request.MostTokens, cancellationToken).ConfigureAwait(false);
        place.Dispose();
        await using (context.ConfigureAwait(false))
        {
            string id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
            IReadOnlyList<UsedMemory> used = context.Used;
            yield return new ChatResponseUpdate(ChatRole.Assistant, "")
            {
                ResponseId = id,
                MessageId = id,
                ModelId = context.Sequence.Model.Name,
                AdditionalProperties = new() { [RecalledMemories.UsedProperty] = used, [MemoryChatClient.UsedMemories] = (Guid[])[.. used.Select(memory => memory.Cube.Value)] },
            };
            await foreach (GeneratedPiece piece in context.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (piece.Text.Length > 0)
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, piece.Text) { ResponseId = id, MessageId = id, ModelId = context.Sequence.Model.Name };
                }

                if (piece.Summary is { } summary)
                {
                    yield return LocalChatClient.Last(id, context.Sequence.Model.Name, summary with { PromptTokens = context.Position + summary.PromptTokens }); // the memories are part of what it read
                }
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ActivationMemory) ? _memory : serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : _plain.GetService(serviceType!, serviceKey);

    /// <summary>Does nothing: the memory and its model belong to whoever made them.</summary>
    public void Dispose() => _plain.Dispose();
}
