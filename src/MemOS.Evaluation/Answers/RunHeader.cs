namespace MemOS.Evaluation.Answers;

/// <summary>What a run was done with: the first line of its file. A run goes on only under the same.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="JudgeModel">The model that judges.</param>
/// <param name="Budget">The tokens of context.</param>
/// <param name="Prompts">The hash of the prompts.</param>
public sealed record RunHeader(string Dataset, string Model, string JudgeModel, int Budget, string Prompts);
