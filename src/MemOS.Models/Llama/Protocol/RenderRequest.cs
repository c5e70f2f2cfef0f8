namespace MemOS.Models.Llama.Protocol;

/// <summary>A conversation as the model's template writes it; the text's bytes are the payload of the reply.</summary>
internal sealed record RenderRequest(IReadOnlyList<ChatTurn> Turns, bool AskAnswer) : HostRequest;
