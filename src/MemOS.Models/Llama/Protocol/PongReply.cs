namespace MemOS.Models.Llama.Protocol;

/// <summary>Well.</summary>
/// <param name="WorkingBytes">Memory of the process.</param>
/// <param name="Waiting">Requests that wait for their turn.</param>
/// <param name="Steps">Grows while native code works.</param>
internal sealed record PongReply(long WorkingBytes, int Waiting, long Steps) : HostReply;
