using MemOS.Chat;

namespace MemOS.Server.Mcp;

/// <summary>A memory that was found.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Relevance">0 to 1.</param>
internal sealed record FoundMemory(MemoryView Memory, double Relevance);
