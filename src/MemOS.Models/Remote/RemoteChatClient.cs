using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Remote;

/// <summary>Gives failures of the endpoint our codes.</summary>
internal sealed class RemoteChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RemoteModel.IsRemote(exception, cancellationToken))
        {
            throw RemoteModel.Translate(exception);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        bool isEmpty = true;
        await using IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync().ConfigureAwait(false))
                {
                    // The library passes over whatever is no event, so that a web page would be an empty answer.
                    if (isEmpty)
                    {
                        throw RemoteModel.NotOfTheProtocol();
                    }

                    yield break;
                }

                isEmpty = false;
            }
            catch (Exception exception) when (RemoteModel.IsRemote(exception, cancellationToken))
            {
                throw RemoteModel.Translate(exception);
            }

            yield return updates.Current;
        }
    }
}
