namespace MemOS.Models.Llama.Protocol;

/// <summary>Are you well? Answered beside the work, not after it.</summary>
internal sealed record PingRequest : HostRequest;
