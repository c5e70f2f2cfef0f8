namespace MemOS.Reader;

/// <summary>A call of a tool that a message asked for.</summary>
/// <param name="Id">The call's id, or null.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments as JSON text, as they came.</param>
public sealed record ToolCall(string? Id, string Name, string Arguments);
