using System.Globalization;
using MemOS.Models.Files.Gguf;

namespace MemOS.Models.Llama.Training;

/// <summary>A model file as training needs it: of the kind of Llama or Qwen3, dense, with positions as they are or slowed pair by pair, stored in F32, F16 or Q8_0. Others are refused with what is in the way, and so are files that contradict themselves.</summary>
internal sealed class TrainableModel
{
    private const string Llama = "llama";
    private const string Qwen3 = "qwen3";

    private static readonly string[] Biases = ["attn_q.bias", "attn_k.bias", "attn_v.bias"];
    private static readonly string[] Norms = ["attn_q_norm.weight", "attn_k_norm.weight"];
    private static readonly string[] Needed = ["attn_norm.weight", "attn_q.weight", "attn_k.weight", "attn_v.weight", "attn_output.weight", "ffn_norm.weight", "ffn_gate.weight", "ffn_up.weight", "ffn_down.weight"];

    private TrainableModel(GgufFile file, DecoderShape shape) => (File, Shape) = (file, shape);

    public GgufFile File { get; }

    public DecoderShape Shape { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.TrainingUnsupported"/>: it is of another kind.</exception>
    public static TrainableModel Open(string path)
    {
        GgufFile file = GgufFile.Open(path);
        string? architecture = file.Facts.GetValueOrDefault("general.architecture");
        if (architecture is not (Llama or Qwen3))
        {
            throw Refused($"its architecture is {architecture ?? "unknown"}, and only {Llama} and {Qwen3} are trained for");
        }

        int width = Number("embedding_length"), heads = Number("attention.head_count"), layers = Number("block_count");
        int size = Optionally("attention.key_length", width / heads);
        if (size < 1)
        {
            throw Refused("its heads have no size");
        }

        if (Optionally("attention.value_length", size) != size || Optionally("rope.dimension_count", size) != size || Optionally("expert_count", 0) != 0)
        {
            throw Refused("it has experts, or heads that are turned in part");
        }

        // A factor without a type is a linear one to the library.
        if (file.Facts.GetValueOrDefault(Key("rope.scaling.type"), "none") != "none" || file.Facts.GetValueOrDefault(Key("rope.scaling.factor"), "0") is not ("0" or "1") || file.Facts.ContainsKey(Key("rope.scale_linear")))
        {
            throw Refused("its positions are scaled");
        }

        // Norms of heads come with the one kind and are no part of the other.
        string[] optional = architecture == Llama ? Biases : [];
        string[] factors = architecture == Llama ? [DecoderWeights.RopeFactorsName] : [];
        string[] needed = architecture == Llama ? Needed : [.. Needed, .. Norms];
        string[] always = ["token_embd.weight", "output_norm.weight"];

        // Layer by layer, so that a file that states more layers than it has ends the search with the first that it lacks.
        if (always.Concat(Enumerable.Range(0, layers).SelectMany(layer => InLayer(layer, needed))).FirstOrDefault(name => !file.Tensors.ContainsKey(name)) is { } missing)
        {
            throw Refused($"it has no tensor {missing}");
        }

        HashSet<string> known = [.. always, "output.weight", .. factors, .. Enumerable.Range(0, layers).SelectMany(layer => InLayer(layer, [.. needed, .. optional]))];
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
            CacheHeads = Optionally("attention.head_count_kv", heads) is > 0 and int few && heads % few == 0 ? few : throw Refused("its heads of keys and values do not go into the others"),
            HeadSize = size,
            FeedForward = Number("feed_forward_length"),
            Vocabulary = file.Tensors["token_embd.weight"].Dimensions is [_, long tokens] ? (int)tokens : throw Refused("its vectors of tokens are no matrix"),
            Epsilon = Positive("attention.layer_norm_rms_epsilon", 1e-5f),
            TurnsHalves = architecture == Qwen3,
            RopeBase = Positive("rope.freq_base", 10000),
        });

        string Key(string name) => $"{architecture}.{name}";

        IEnumerable<string> InLayer(int layer, IEnumerable<string> names) => names.Select(name => $"blk.{layer}.{name}");

        int Number(string key) => Optionally(key, 0) is > 0 and int number ? number : throw Unstated(key);

        int Optionally(string key, int otherwise) => !file.Facts.TryGetValue(Key(key), out string? text) ? otherwise
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : throw Unstated(key);

        float Positive(string key, float otherwise) => !file.Facts.TryGetValue(Key(key), out string? text) ? otherwise
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && (float)number is > 0 and < float.PositiveInfinity and float value ? value : throw Unstated(key);

        ModelException Unstated(string key) => Refused($"it does not state {Key(key)} as a usable number");

        ModelException Refused(string why) => new(ModelErrorCodes.TrainingUnsupported, $"Nothing can be trained for {Path.GetFileName(path)}: {why}. Its states can be made without training.");
    }
}
