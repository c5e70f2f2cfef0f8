using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>The weights of one layer; biases, and norms of the queries and keys of each head, where the model has them.</summary>
internal sealed record DecoderLayer(
    Tensor AttentionNorm, Tensor Query, Tensor? QueryBias, Tensor? QueryNorm, Tensor Key, Tensor? KeyBias, Tensor? KeyNorm, Tensor Value, Tensor? ValueBias, Tensor Output, Tensor FeedNorm, Tensor Gate, Tensor Up, Tensor Down);
