using MemOS.Models.Llama.Native;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The weights of one layer.</summary>
internal sealed record TinyLayer(Tensor AttentionNorm, Tensor Query, Tensor QueryBias, Tensor Key, Tensor KeyBias, Tensor Value, Tensor Output, Tensor FeedNorm, Tensor Gate, Tensor Up, Tensor Down);
