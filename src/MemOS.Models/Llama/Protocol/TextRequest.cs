namespace MemOS.Models.Llama.Protocol;

/// <summary>The tokens of the payload into text; its bytes are the payload of the reply.</summary>
internal sealed record TextRequest(bool Special) : HostRequest;
