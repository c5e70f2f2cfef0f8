namespace MemOS.Operator.Recall;

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 characters from the start of the text.</param>
/// <param name="Length">Its length in UTF-16 characters.</param>
public readonly record struct TextSpan(int Start, int Length);
