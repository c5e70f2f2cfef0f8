namespace MemOS.Transfer;

/// <summary>A line that could not be read.</summary>
/// <param name="File">The file, as it was given.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Reason">What is wrong with it, without its content.</param>
public sealed record ImportProblem(string File, int Line, string Reason);
