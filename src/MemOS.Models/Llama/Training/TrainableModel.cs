using System.Globalization;
using MemOS.Models.Files.Gguf;

namespace MemOS.Models.Llama.Training;

/// <summary>A model file as training needs it: of the Llama kind, dense, with positions as they are, stored in F32, F16 or Q8_0. Others are refused with what is in the way.</summary>
internal sealed class TrainableModel
{
    private const string Architecture = "llama";

    private static readonly string[] Optional = ["attn_q.bias", "attn_k.bias", "attn_v.bias"];
    private static readonly string[] Needed = ["attn_norm.weight", "attn_q.weight", "attn_k.weight", "attn_v.weight", "attn_output.weight", "ffn_norm.weight", "ffn_gate.weight", "ffn_up.weight", "ffn_down.weight"];

    private TrainableModel(GgufFile file, DecoderShape shape) => (File, Shape) = (file, shape);

    public GgufFile File { get; }

    public DecoderShape Shape { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.TrainingUnsupported"/>: it is of another kind.</exception>
    public static TrainableModel Open(string path)
    {
        GgufFile file = GgufFile.Open(path);
        if (file.Facts.GetValueOrDefault("general.architecture") is var architecture && architecture != Architecture)
        {
            throw Refused($"its architecture is {architecture ?? "unknown"}, and only {Architecture} is trained for");
        }

        int width = Number("embedding_length"), heads = Number("attention.head_count"), layers = Number("block_count");
        int size = Optionally("attention.key_length", width / heads);
        if (Optionally("attention.value_length", size) != size || Optionally("rope.dimension_count", size) != size || Optionally("expert_count", 0) != 0)
        {
            throw Refused("it has experts, or heads that are turned in part");
        }

        if (file.Facts.GetValueOrDefault(Key("rope.scaling.type"), "none") != "none")
        {
            throw Refused("its positions are scaled");
        }

        HashSet<string> known = ["token_embd.weight", "output_norm.weight", "output.weight", .. Enumerable.Range(0, layers).SelectMany(layer => Needed.Concat(Optional).Select(name => $"blk.{layer}.{name}"))];
        if (file.Tensors.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Refused($"it has a tensor {unknown}");
        }

        if (file.Tensors.FirstOrDefault(tensor => !Enum.IsDefined(tensor.Value.Encoding)).Key is { } coded)
        {
            throw Refused($"{coded} is not stored in F32, F16 or Q8_0");
        }

        return new TrainableModel(file, new DecoderShape
        {
            Layers = layers,
            Width = width,
            Heads = heads,
            CacheHeads = Optionally("attention.head_count_kv", heads),
            HeadSize = size,
            FeedForward = Number("feed_forward_length"),
            Vocabulary = (int)(file.Tensors.GetValueOrDefault("token_embd.weight")?.Dimensions[1] ?? throw Refused("it has no vectors of tokens")),
            Epsilon = (float)double.Parse(file.Facts.GetValueOrDefault(Key("attention.layer_norm_rms_epsilon"), "1e-5"), CultureInfo.InvariantCulture),
            RopeBase = (float)double.Parse(file.Facts.GetValueOrDefault(Key("rope.freq_base"), "10000"), CultureInfo.InvariantCulture),
        });

        int Number(string key) => Optionally(key, 0) is > 0 and int number ? number : throw Refused($"it does not state {Key(key)} as a number");

        int Optionally(string key, int otherwise) => file.Facts.TryGetValue(Key(key), out string? text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

        ModelException Refused(string why) => new(ModelErrorCodes.TrainingUnsupported, $"Nothing can be trained for {Path.GetFileName(path)}: {why}. Its states can be made without training.");
    }

    private static string Key(string name) => $"{Architecture}.{name}";
}
