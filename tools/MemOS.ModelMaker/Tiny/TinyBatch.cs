namespace MemOS.ModelMaker.Tiny;

/// <summary>Tokens of several rows, and the places whose next token is learned.</summary>
/// <param name="Tokens">Row after row.</param>
/// <param name="Positions">Where each token stands in its text.</param>
/// <param name="Places">Where something is predicted.</param>
/// <param name="Targets">What comes next there.</param>
/// <param name="IsValue">Whether what comes next is the value that was asked for.</param>
internal sealed record TinyBatch(int[] Tokens, int[] Positions, int[] Places, int[] Targets, bool[] IsValue);
