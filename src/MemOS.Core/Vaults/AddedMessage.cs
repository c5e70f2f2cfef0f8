using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>What became of one message of an add.</summary>
/// <param name="MessageId">The message's id, as given or as made.</param>
/// <param name="Conversation">Its conversation, or null.</param>
/// <param name="Number">Its number in the vault.</param>
/// <param name="WasKnown">Whether it had been stored before, so that nothing was stored now.</param>
/// <param name="Cubes">The cubes that hold it: new ones, or the one that it was merged into. Empty when the message had nothing of its own to remember.</param>
public sealed record AddedMessage(string MessageId, string? Conversation, long Number, bool WasKnown, ImmutableArray<MemCube> Cubes);
