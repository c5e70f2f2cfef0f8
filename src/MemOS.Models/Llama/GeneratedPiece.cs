namespace MemOS.Models.Llama;

/// <summary>A piece of an answer.</summary>
/// <param name="Text">Text that is sure by now; may be empty.</param>
/// <param name="Token">The token that was chosen, null for the last piece.</param>
/// <param name="Summary">Of the whole answer, on its last piece.</param>
internal sealed record GeneratedPiece(string Text, int? Token, GenerationSummary? Summary);
