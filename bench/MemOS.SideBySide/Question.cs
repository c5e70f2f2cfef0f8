namespace MemOS.SideBySide;

/// <summary>One line of the generated questions; <paramref name="Message"/> is the message it was made from.</summary>
internal sealed record Question(int Id, string Text, long Message);
