namespace MemOS.Models.Llama.Protocol;

/// <summary>Breaks the host, where it was started so that this is allowed.</summary>
internal sealed record FaultRequest(HostFault Fault) : HostRequest;
