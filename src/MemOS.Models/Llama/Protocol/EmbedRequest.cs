namespace MemOS.Models.Llama.Protocol;

/// <summary>Embeddings of texts; the values are the payload of the reply, text after text.</summary>
internal sealed record EmbedRequest(IReadOnlyList<string> Texts) : HostRequest;
