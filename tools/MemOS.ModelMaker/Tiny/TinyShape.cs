using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The sizes of the tiny model.</summary>
internal static class TinyShape
{
    /// <summary>Positions that it is trained for.</summary>
    public const int Context = 512;

    public static DecoderShape Of(int vocabulary) => new()
    {
        Layers = 3,
        Width = 256,
        Heads = 4,
        CacheHeads = 4,
        HeadSize = 64,
        FeedForward = 512,
        Vocabulary = vocabulary,
        Epsilon = 1e-5f,
        RopeBase = 1e7f,
    };

    /// <summary>What it has beside the matrices of every decoder: biases that make heads which look at places.</summary>
    public static bool Has(string name) => name.EndsWith("attn_q.bias", StringComparison.Ordinal) || name.EndsWith("attn_k.bias", StringComparison.Ordinal);
}
