namespace MemOS.Models.Llama.Protocol;

/// <summary>Text into tokens; they are the payload of the reply.</summary>
internal sealed record TokenizeRequest(string Text, bool AddSpecial, bool ParseSpecial) : HostRequest;
