using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Activation;

/// <summary>Steering vectors for a call of an <see cref="ActivationChatClient"/>: mounted for its answer, and gone after it.</summary>
/// <param name="Vault">Where they are.</param>
/// <param name="Caller">For whom; its rights are checked at each call.</param>
/// <param name="Vectors">Each with its scale: 1 as it was made, 0 for nothing, below 0 for the opposite.</param>
public sealed record SteeringUse(MemoryVault Vault, Caller Caller, IReadOnlyList<(CubeId Cube, float Scale)> Vectors)
{
    /// <summary>The additional property of <see cref="ChatOptions"/> that holds this.</summary>
    public const string Property = "memos.steering";

    /// <summary>Adds this to the options of a call.</summary>
    public ChatOptions AddTo(ChatOptions? options)
    {
        ChatOptions own = options?.Clone() ?? new ChatOptions();
        (own.AdditionalProperties ??= [])[Property] = this;
        return own;
    }
}
