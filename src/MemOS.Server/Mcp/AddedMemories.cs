using MemOS.Chat;

namespace MemOS.Server.Mcp;

/// <summary>What became of an add.</summary>
/// <param name="Memories">The memories that hold it.</param>
internal sealed record AddedMemories(IReadOnlyList<MemoryView> Memories);
