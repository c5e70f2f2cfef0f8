namespace MemOS.Evaluation.Answers;

/// <summary>An endpoint refused a prompt, for example because it is too long for the model.</summary>
public sealed class PromptRefusedException(int status, Exception inner) : Exception($"The endpoint refused the prompt with HTTP status {status}.", inner)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
