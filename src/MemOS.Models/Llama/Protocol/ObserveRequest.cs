namespace MemOS.Models.Llama.Protocol;

/// <summary>Compute texts, each by itself, and tell the mean of what leaves each layer but the first. The payload are their tokens; so many values as the model is wide, layer after layer and text after text, come back.</summary>
/// <param name="Texts">Tokens of each.</param>
internal sealed record ObserveRequest(IReadOnlyList<int> Texts) : HostRequest;
