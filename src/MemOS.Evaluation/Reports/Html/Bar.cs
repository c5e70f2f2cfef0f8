namespace MemOS.Evaluation.Reports.Html;

/// <summary>A bar with its interval.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its length, from 0 to 1.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct Bar(string Label, double Value, double Low, double High);
