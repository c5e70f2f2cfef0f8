using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Activation;

/// <summary>What was recalled for a call of an <see cref="ActivationChatClient"/>; it decides which of it is text and which a mounted state.</summary>
/// <param name="Vault">Where it was recalled from; open until the answer is complete.</param>
/// <param name="Caller">For whom.</param>
/// <param name="Cubes">The memories, best first, as the caller may see them. What was changed, hidden, erased or ended since it was recalled is left out of the answer: recall again for each question.</param>
public sealed record RecalledMemories(MemoryVault Vault, Caller Caller, IReadOnlyList<MemCube> Cubes)
{
    /// <summary>The additional property of <see cref="ChatOptions"/> that holds this.</summary>
    public const string Property = "memos.recalled";

    /// <summary>The additional property of an answer, and of the first update of one, with the memories that were in the context, <see cref="IReadOnlyList{T}"/> of <see cref="UsedMemory"/>.</summary>
    public const string UsedProperty = "memos.used";

    /// <summary>A state that stands at the beginning, whatever was recalled: a trained prefix for a large set of memories. Null for none.</summary>
    /// <remarks>Where it cannot be mounted, the call fails with <see cref="ErrorCodes.CubeNotFound"/> or <see cref="ErrorCodes.InvalidInput"/>.</remarks>
    public CubeId? Mounted { get; init; }

    /// <summary>Adds this to the options of a call.</summary>
    public ChatOptions AddTo(ChatOptions? options)
    {
        ChatOptions own = options?.Clone() ?? new ChatOptions();
        (own.AdditionalProperties ??= [])[Property] = this;
        return own;
    }
}
