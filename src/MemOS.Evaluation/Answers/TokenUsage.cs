namespace MemOS.Evaluation.Answers;

/// <summary>Tokens that went to a model and came back.</summary>
/// <param name="Input">In the prompts.</param>
/// <param name="Output">In the answers.</param>
/// <param name="IsEstimated">Whether an endpoint did not count, so that characters / 4 stand for it.</param>
public readonly record struct TokenUsage(long Input, long Output, bool IsEstimated)
{
    /// <summary>The sum of two.</summary>
    public TokenUsage Add(TokenUsage other) => new(Input + other.Input, Output + other.Output, IsEstimated || other.IsEstimated);
}
