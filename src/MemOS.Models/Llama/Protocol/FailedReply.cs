namespace MemOS.Models.Llama.Protocol;

/// <summary>It failed, and the host lives on.</summary>
/// <param name="Code">Out of <see cref="ModelErrorCodes"/>.</param>
/// <param name="Message">What happened and what to do.</param>
internal sealed record FailedReply(string Code, string Message) : HostReply;
