using MemOS.ModelMaker.Gguf;
using MemOS.ModelMaker.Tiny;
using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker.RandomModels;

/// <summary>Writes models with random weights: they say nothing, but load, compute and weigh like the real ones.</summary>
internal sealed class RandomModel
{
    private const string ChatTemplate = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}";

    private readonly ModelShape shape;
    private readonly TensorEncoding encoding;
    private readonly Random random;
    private readonly GgufWriter writer;

    private RandomModel(ModelShape shape, TensorEncoding encoding, int seed)
    {
        (this.shape, this.encoding) = (shape, encoding);
        random = new Random(seed);
        writer = new GgufWriter(shape.Architecture);
    }

    /// <summary>Writes a model.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="shape">Its kind and sizes.</param>
    /// <param name="encoding">How matrices are stored; vectors are stored whole.</param>
    /// <param name="seed">The same seed gives the same file.</param>
    public static void Write(string path, ModelShape shape, TensorEncoding encoding, int seed)
    {
        RandomModel model = new(shape, encoding, seed);
        model.Describe();
        if (shape.Architecture == "bert")
        {
            model.AddWordPieces();
            model.AddEncoder();
        }
        else
        {
            model.AddBytePairs();
            model.AddDecoder();
        }

        model.writer.Write(path);
    }

    private void Describe()
    {
        string kind = shape.Architecture;
        writer.Add("general.name", $"Random {kind} {shape.Layers}x{shape.Width}");
        writer.Add("general.file_type", RowEncoder.FileType(encoding));
        writer.Add($"{kind}.context_length", (uint)shape.Context);
        writer.Add($"{kind}.embedding_length", (uint)shape.Width);
        writer.Add($"{kind}.block_count", (uint)shape.Layers);
        writer.Add($"{kind}.feed_forward_length", (uint)shape.FeedForward);
        writer.Add($"{kind}.attention.head_count", (uint)shape.Heads);
        writer.Add($"{kind}.attention.head_count_kv", (uint)shape.CacheHeads);
    }

    private void AddBytePairs()
    {
        // Bytes and marks of roles; the rest of the vocabulary are names that no text has.
        TinyVocabulary bytes = new(wholeWords: false);
        writer.Add("tokenizer.ggml.model", "gpt2");
        writer.Add("tokenizer.ggml.pre", "llama-bpe");
        writer.Add("tokenizer.ggml.tokens", Fill(bytes.Tokens));
        writer.Add("tokenizer.ggml.token_type", [.. Enumerable.Range(0, shape.Vocabulary).Select(token => TinyVocabulary.IsMark(token) ? 3 : token < bytes.Count ? 1 : 5)]);
        writer.Add("tokenizer.ggml.merges", (string[])[TinyVocabulary.UnusedMerge]);
        writer.Add("tokenizer.ggml.bos_token_id", (uint)TinyVocabulary.Bos);
        writer.Add("tokenizer.ggml.eos_token_id", (uint)TinyVocabulary.End);
        writer.Add("tokenizer.ggml.padding_token_id", (uint)TinyVocabulary.Pad);
        writer.Add("tokenizer.ggml.add_bos_token", true);
        writer.Add("tokenizer.chat_template", ChatTemplate);
    }

    private void AddWordPieces()
    {
        string[] letters = [.. Enumerable.Range('a', 26).Concat(Enumerable.Range('0', 10)).Select(letter => ((char)letter).ToString())];
        string[] tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. letters, .. letters.Select(letter => "▁" + letter), "▁.", "▁,", "▁?", "▁!"];
        writer.Add("tokenizer.ggml.model", "bert");
        writer.Add("tokenizer.ggml.tokens", Fill(tokens));
        writer.Add("tokenizer.ggml.token_type", [.. Enumerable.Range(0, shape.Vocabulary).Select(token => token < 5 ? 3 : 1)]);
        writer.Add("tokenizer.ggml.token_type_count", 2u);
        writer.Add("tokenizer.ggml.bos_token_id", 2u);
        writer.Add("tokenizer.ggml.eos_token_id", 3u);
        writer.Add("tokenizer.ggml.unknown_token_id", 1u);
        writer.Add("tokenizer.ggml.seperator_token_id", 3u); // the format spells it so
        writer.Add("tokenizer.ggml.padding_token_id", 0u);
        writer.Add("tokenizer.ggml.cls_token_id", 2u);
        writer.Add("tokenizer.ggml.mask_token_id", 4u);
        writer.Add("bert.attention.layer_norm_epsilon", 1e-12f);
        writer.Add("bert.attention.causal", false);
        writer.Add("bert.pooling_type", 1u);
    }

    private void AddDecoder()
    {
        string kind = shape.Architecture;
        int attention = shape.Heads * shape.HeadSize, cache = shape.CacheHeads * shape.HeadSize;
        writer.Add($"{kind}.attention.key_length", (uint)shape.HeadSize);
        writer.Add($"{kind}.attention.value_length", (uint)shape.HeadSize);
        writer.Add($"{kind}.attention.layer_norm_rms_epsilon", 1e-6f);
        writer.Add($"{kind}.rope.dimension_count", (uint)shape.HeadSize);
        writer.Add($"{kind}.rope.freq_base", shape.RopeBase);
        Matrix("token_embd.weight", shape.Width, shape.Vocabulary);
        Vector("output_norm.weight", shape.Width, 1);
        if (shape.HalvesPositions)
        {
            writer.Add($"{kind}.rope.scaling.type", "linear");
            writer.Add($"{kind}.rope.scaling.factor", 2f);
        }

        if (shape.Window > 0)
        {
            writer.Add($"{kind}.attention.sliding_window", (uint)shape.Window);
        }

        if (shape.SlowsPositions)
        {
            Vector("rope_freqs.weight", shape.HeadSize / 2, pair => pair < shape.HeadSize / 4 ? 1 : 8);
        }

        for (int layer = 0; layer < shape.Layers; layer++)
        {
            string block = $"blk.{layer}.";
            Vector(block + "attn_norm.weight", shape.Width, 1);
            Matrix(block + "attn_q.weight", shape.Width, attention);
            Matrix(block + "attn_k.weight", shape.Width, cache);
            Matrix(block + "attn_v.weight", shape.Width, cache);
            Matrix(block + "attn_output.weight", attention, shape.Width);
            if (kind == "qwen3")
            {
                Vector(block + "attn_q_norm.weight", shape.HeadSize, place => 0.75f + (0.5f * place / shape.HeadSize));
                Vector(block + "attn_k_norm.weight", shape.HeadSize, place => 1.25f - (0.5f * place / shape.HeadSize));
            }

            if (kind == "gemma2")
            {
                Vector(block + "post_attention_norm.weight", shape.Width, 1);
                Vector(block + "post_ffw_norm.weight", shape.Width, 1);
            }

            Vector(block + "ffn_norm.weight", shape.Width, 1);
            Matrix(block + "ffn_gate.weight", shape.Width, shape.FeedForward);
            Matrix(block + "ffn_up.weight", shape.Width, shape.FeedForward);
            Matrix(block + "ffn_down.weight", shape.FeedForward, shape.Width);
        }
    }

    private void AddEncoder()
    {
        Matrix("token_embd.weight", shape.Width, shape.Vocabulary);
        Matrix("token_types.weight", shape.Width, 2, TensorEncoding.F32);
        Matrix("position_embd.weight", shape.Width, shape.Context, TensorEncoding.F32);
        Normed("token_embd_norm", shape.Width);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            string block = $"blk.{layer}.";
            foreach (string part in (ReadOnlySpan<string>)["attn_q", "attn_k", "attn_v", "attn_output"])
            {
                Matrix($"{block}{part}.weight", shape.Width, shape.Width);
                Vector($"{block}{part}.bias", shape.Width, 0);
            }

            Normed(block + "attn_output_norm", shape.Width);
            Matrix(block + "ffn_up.weight", shape.Width, shape.FeedForward);
            Vector(block + "ffn_up.bias", shape.FeedForward, 0);
            Matrix(block + "ffn_down.weight", shape.FeedForward, shape.Width);
            Vector(block + "ffn_down.bias", shape.Width, 0);
            Normed(block + "layer_output_norm", shape.Width);
        }
    }

    private void Normed(string name, int size)
    {
        Vector(name + ".weight", size, 1);
        Vector(name + ".bias", size, 0);
    }

    private void Vector(string name, int size, float value) => Vector(name, size, _ => value);

    private void Vector(string name, int size, Func<int, float> value) => writer.Add(new GgufTensor(name, [size], TensorEncoding.F32, (_, row) =>
    {
        for (int place = 0; place < row.Length; place++)
        {
            row[place] = value(place);
        }
    }));

    // Even numbers of the variance that trained weights have; a row has length 1 on average.
    private void Matrix(string name, int columns, int rows, TensorEncoding? other = null)
    {
        float most = MathF.Sqrt(3f / columns);
        writer.Add(new GgufTensor(name, [columns, rows], other ?? encoding, (_, row) =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = ((2 * random.NextSingle()) - 1) * most;
            }
        }));
    }

    private string[] Fill(IReadOnlyList<string> tokens) => [.. tokens, .. Enumerable.Range(tokens.Count, shape.Vocabulary - tokens.Count).Select(token => $"<unused{token}>")];
}
