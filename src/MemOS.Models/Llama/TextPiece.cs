namespace MemOS.Models.Llama;

/// <summary>A text to be cut into tokens.</summary>
/// <param name="Text">Any text.</param>
/// <param name="AddSpecial">Whether the tokens that begin and end a text are added as the model wants them.</param>
/// <param name="ParseSpecial">Whether marks such as those of roles become their tokens; false for text from outside.</param>
internal sealed record TextPiece(string Text, bool AddSpecial, bool ParseSpecial);
