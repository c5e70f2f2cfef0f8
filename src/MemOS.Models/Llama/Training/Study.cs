namespace MemOS.Models.Llama.Training;

/// <summary>Something that is said behind a text, with what the model that has read the text would say next at each place of the answer.</summary>
/// <param name="Tokens">A question and its answer, as they stand behind the text; the last token has no place of its own.</param>
/// <param name="First">The first place whose next token is learned: the end of the question.</param>
/// <param name="Labels">What comes next there and at each place that follows.</param>
internal sealed record Study(int[] Tokens, int First, IReadOnlyList<NextToken> Labels);
