namespace MemOS.Models.Llama;

/// <summary>A conversation with notes at its beginning, as tokens: each part cut by itself, so that the state of a note can take the place of its tokens.</summary>
/// <param name="Head">What stands in front of the notes: the beginning of the text and of the turn that they are in.</param>
/// <param name="Notes">The notes, each by itself.</param>
/// <param name="Rest">The rest of their turn and the conversation, up to where the answer begins.</param>
internal sealed record NotedPrompt(int[] Head, IReadOnlyList<int[]> Notes, int[] Rest);
