namespace MemOS.Models.Llama;

/// <summary>How an answer came about.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="PromptTokens">Tokens computed before the first choice.</param>
/// <param name="GeneratedTokens">Tokens chosen.</param>
/// <param name="PromptTime">Time in the host up to the first logits.</param>
/// <param name="GeneratedTime">Time in the host for the answer.</param>
internal sealed record GenerationSummary(GenerationEnd End, int PromptTokens, int GeneratedTokens, TimeSpan PromptTime, TimeSpan GeneratedTime);
