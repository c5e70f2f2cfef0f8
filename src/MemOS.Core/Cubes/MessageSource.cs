namespace MemOS.Cubes;

/// <summary>The place in a raw message that a cube came from.</summary>
/// <param name="MessageId">The message's id as its sender gave it, or as it was made on arrival.</param>
/// <param name="Conversation">The conversation of the message, or null.</param>
/// <param name="Number">The message's number in the vault; numbers rise in the order of arrival.</param>
/// <param name="Start">Where the source begins in the message's text, in UTF-16 characters.</param>
/// <param name="Length">Its length in UTF-16 characters.</param>
public readonly record struct MessageSource(string MessageId, string? Conversation, long Number, int Start, int Length);
