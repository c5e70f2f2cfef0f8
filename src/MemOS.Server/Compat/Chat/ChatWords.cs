namespace MemOS.Server.Compat.Chat;

/// <summary>Words of a model.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Reasoning">What it thought before, where it tells.</param>
internal readonly record struct ChatWords(string? Text, string? Reasoning);
