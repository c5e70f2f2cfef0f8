namespace MemOS.Server.Mcp;

/// <summary>What a search found, best first.</summary>
/// <param name="Found">The memories.</param>
internal sealed record FoundMemories(IReadOnlyList<FoundMemory> Found);
