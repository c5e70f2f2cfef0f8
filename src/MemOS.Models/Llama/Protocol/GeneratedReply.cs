namespace MemOS.Models.Llama.Protocol;

/// <summary>The answer is complete; the payload is what was left of its text.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="PromptTokens">Tokens computed before the first choice.</param>
/// <param name="GeneratedTokens">Tokens chosen.</param>
/// <param name="PromptMilliseconds">Time for the prompt, up to the first logits.</param>
/// <param name="GeneratedMilliseconds">Time for the answer.</param>
internal sealed record GeneratedReply(GenerationEnd End, int PromptTokens, int GeneratedTokens, double PromptMilliseconds, double GeneratedMilliseconds) : HostReply;
