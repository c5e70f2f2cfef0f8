namespace MemOS.SideBySide;

/// <summary>One line of the generated corpus.</summary>
internal sealed record Message(long Id, string Conversation, string Speaker, DateTimeOffset Time, string Text);
