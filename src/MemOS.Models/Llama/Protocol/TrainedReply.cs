namespace MemOS.Models.Llama.Protocol;

/// <summary>The prefix is trained and saved.</summary>
/// <param name="Result">What came of it.</param>
internal sealed record TrainedReply(TrainedPrefix Result) : HostReply;
