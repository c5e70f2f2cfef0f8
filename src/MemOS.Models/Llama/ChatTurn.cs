namespace MemOS.Models.Llama;

/// <summary>One message of a conversation, as a template takes it.</summary>
/// <param name="Role">Such as <c>system</c>, <c>user</c>, <c>assistant</c>.</param>
/// <param name="Text">What was said.</param>
public sealed record ChatTurn(string Role, string Text);
