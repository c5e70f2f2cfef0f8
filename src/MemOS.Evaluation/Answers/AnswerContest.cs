namespace MemOS.Evaluation.Answers;

/// <summary>Two systems on the questions that both answered.</summary>
/// <param name="System">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Wins">Questions on which the one is better.</param>
/// <param name="Losses">Questions on which it is worse.</param>
/// <param name="Ties">Questions on which both are equal.</param>
/// <param name="Difference">The mean difference of their scores.</param>
/// <param name="Low">The lower end of its 95 % bootstrap interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Significance">Two-sided probability of such a difference when there is none: a permutation test that flips signs.</param>
public sealed record AnswerContest(string System, string Other, int Wins, int Losses, int Ties, double Difference, double Low, double High, double Significance);
