using System.Runtime.CompilerServices;
using MemOS.Models.Llama.Grammars;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Llama;

/// <summary>A chat client over a <see cref="LocalModel"/>. Safe from any thread; it does not own the model.</summary>
/// <remarks>
/// Texts of messages are never read as marks of roles, whatever they hold. <see cref="ChatOptions.ResponseFormat"/> with a schema, or an additional property
/// <c>grammar</c> in llama.cpp's notation, constrains the answer; an additional property <c>adapters</c> applies LoRA adapters to it. Tools and contents other
/// than text are refused.
/// </remarks>
public sealed class LocalChatClient : IChatClient
{
    /// <summary>The name of the additional property that holds a grammar.</summary>
    public const string GrammarProperty = "grammar";

    /// <summary>The name of the additional property that holds an <see cref="IReadOnlyList{T}"/> of <see cref="AdapterUse"/>: applied to this answer, gone after it.</summary>
    public const string AdaptersProperty = "adapters";

    private const int DefaultMostTokens = 1024;

    private readonly LocalModel model;

    /// <summary>Makes a client.</summary>
    /// <param name="model">The model; alive as long as the client is used.</param>
    public LocalChatClient(LocalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatTurn> turns = Turns(messages, options);
        GenerationRequest request = Request(options);
        using IDisposable place = model.WaitForAnswer();
        int[] prompt = await new ChatLayout(model).TokensAsync(turns, cancellationToken).ConfigureAwait(false);
        await using SequenceLease sequence = await model.RentSequenceAsync(prompt.Length + (long)request.MostTokens, cancellationToken).ConfigureAwait(false);
        place.Dispose();
        string id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(prompt, 0, request, cancellationToken).ConfigureAwait(false))
        {
            if (piece.Text.Length > 0)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, piece.Text) { ResponseId = id, MessageId = id, ModelId = sequence.Model.Name };
            }

            if (piece.Summary is { } summary)
            {
                yield return Last(id, sequence.Model.Name, summary);
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("llama.cpp", null, model.Name)
            : serviceType == typeof(LocalModel) ? model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the model belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    internal static List<ChatTurn> Turns(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "Local models are asked without tools; leave ChatOptions.Tools empty.");
        }

        List<ChatTurn> turns = [];
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            turns.Add(new ChatTurn(ChatRole.System.Value, instructions));
        }

        foreach (ChatMessage message in messages)
        {
            if (message.Contents.Any(content => content is not TextContent))
            {
                throw new ModelException(ModelErrorCodes.InvalidRequest, "Local models read text alone; a message holds something else.");
            }

            turns.Add(new ChatTurn(message.Role.Value, message.Text));
        }

        return turns;
    }

    internal static GenerationRequest Request(ChatOptions? options)
    {
        Sampling sampling = ToSampling(options);
        sampling.Validate();
        return new GenerationRequest
        {
            MostTokens = options?.MaxOutputTokens ?? DefaultMostTokens,
            Sampling = sampling,
            StopTexts = [.. (options?.StopSequences ?? []).Where(text => !string.IsNullOrEmpty(text))],
            Adapters = ToAdapters(options),
        };
    }

    private static IReadOnlyList<AdapterUse> ToAdapters(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(AdaptersProperty) switch
    {
        null => [],
        IReadOnlyList<AdapterUse> adapters when adapters.All(adapter => float.IsFinite(adapter.Scale)) => adapters,
        _ => throw new ModelException(ModelErrorCodes.InvalidRequest, $"The property {AdaptersProperty} is a list of {nameof(AdapterUse)} with finite scales."),
    };

    private static Sampling ToSampling(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature ?? 0,
        TopK = options?.TopK ?? 0,
        TopP = options?.TopP ?? 1,
        FrequencyPenalty = options?.FrequencyPenalty ?? 0,
        PresencePenalty = options?.PresencePenalty ?? 0,
        Seed = unchecked((uint)(options?.Seed ?? 0)),
        Grammar = options?.AdditionalProperties?.TryGetValue(GrammarProperty, out string? grammar) == true ? grammar
            : options?.ResponseFormat is ChatResponseFormatJson json ? JsonGrammar.Of(json.Schema)
            : null,
    };

    internal static ChatResponseUpdate Last(string id, string name, GenerationSummary summary) => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = id,
        MessageId = id,
        ModelId = name,
        FinishReason = summary.End == GenerationEnd.Length ? ChatFinishReason.Length : ChatFinishReason.Stop,
        Contents =
        [
            new UsageContent(new UsageDetails
            {
                InputTokenCount = summary.PromptTokens,
                OutputTokenCount = summary.GeneratedTokens,
                TotalTokenCount = summary.PromptTokens + summary.GeneratedTokens,
            }),
        ],
    };
}
