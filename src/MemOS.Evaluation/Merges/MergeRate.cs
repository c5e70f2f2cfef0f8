namespace MemOS.Evaluation.Merges;

/// <summary>How often one kind of error was made.</summary>
/// <param name="Error">The error.</param>
/// <param name="Cases">The cases in which it could be made.</param>
/// <param name="Errors">Those in which it was.</param>
/// <param name="Rate">Errors / cases.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record MergeRate(string Error, int Cases, int Errors, double Rate, double Low, double High);
