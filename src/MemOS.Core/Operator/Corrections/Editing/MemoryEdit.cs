namespace MemOS.Operator.Corrections.Editing;

/// <summary>One change that a model proposes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Memory">The place of the memory in the list that the model was shown, from 0.</param>
/// <param name="Text">The words that hold instead or too; empty for <see cref="EditKind.Forget"/>.</param>
internal sealed record MemoryEdit(EditKind Kind, int Memory, string Text);
