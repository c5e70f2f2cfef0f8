namespace MemOS.Models.Llama.Protocol;

/// <summary>Texts into tokens, each by itself. The payload of the reply says for each how many it has, then which.</summary>
internal sealed record TokenizeRequest(IReadOnlyList<TextPiece> Pieces) : HostRequest;
