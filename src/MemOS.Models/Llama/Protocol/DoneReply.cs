namespace MemOS.Models.Llama.Protocol;

/// <summary>Done; what was asked for is the payload.</summary>
internal sealed record DoneReply : HostReply;
