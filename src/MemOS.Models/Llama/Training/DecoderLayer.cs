using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>The weights of one layer; biases where the model has them.</summary>
internal sealed record DecoderLayer(
    Tensor AttentionNorm, Tensor Query, Tensor? QueryBias, Tensor Key, Tensor? KeyBias, Tensor Value, Tensor? ValueBias, Tensor Output, Tensor FeedNorm, Tensor Gate, Tensor Up, Tensor Down);
