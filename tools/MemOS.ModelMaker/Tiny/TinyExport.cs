using MemOS.ModelMaker.Gguf;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary>Writes the trained model as a file that llama.cpp runs.</summary>
internal static class TinyExport
{
    // What the library knows as ChatML; the model's marks of roles are these texts, each one token.
    private const string ChatTemplate = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    public static void Write(DecoderWeights weights, TinyVocabulary vocabulary, string path, TensorEncoding encoding)
    {
        GgufWriter writer = Describe(weights.Shape, vocabulary);
        writer.Add("general.file_type", RowEncoder.FileType(encoding));
        foreach ((string name, Tensor tensor) in weights.Named)
        {
            float[] values = new float[tensor.Count];
            tensor.Read<float>(values);
            int row = (int)tensor.N0;
            long[] dimensions = tensor.N1 == 1 ? [row] : [row, tensor.N1];
            writer.Add(new GgufTensor(name, dimensions, tensor.N1 == 1 ? TensorEncoding.F32 : encoding, (index, span) => values.AsSpan((int)index * row, row).CopyTo(span)));
        }

        writer.Write(path);
    }

    private static GgufWriter Describe(DecoderShape shape, TinyVocabulary vocabulary)
    {
        GgufWriter writer = new("llama");
        writer.Add("general.name", "Tiny memory");
        writer.Add("llama.context_length", (uint)TinyShape.Context);
        writer.Add("llama.embedding_length", (uint)shape.Width);
        writer.Add("llama.block_count", (uint)shape.Layers);
        writer.Add("llama.feed_forward_length", (uint)shape.FeedForward);
        writer.Add("llama.attention.head_count", (uint)shape.Heads);
        writer.Add("llama.attention.head_count_kv", (uint)shape.Heads);
        writer.Add("llama.attention.layer_norm_rms_epsilon", shape.Epsilon);
        writer.Add("llama.rope.dimension_count", (uint)shape.HeadSize);
        writer.Add("llama.rope.freq_base", shape.RopeBase);
        writer.Add("llama.vocab_size", (uint)shape.Vocabulary);
        writer.Add("tokenizer.ggml.model", "gpt2");
        writer.Add("tokenizer.ggml.pre", "llama-bpe");
        writer.Add("tokenizer.ggml.tokens", vocabulary.Tokens);
        writer.Add("tokenizer.ggml.token_type", [.. Enumerable.Range(0, vocabulary.Count).Select(token => TinyVocabulary.IsMark(token) ? 3 : 1)]);
        writer.Add("tokenizer.ggml.merges", (string[])[TinyVocabulary.UnusedMerge]);
        writer.Add("tokenizer.ggml.bos_token_id", (uint)TinyVocabulary.Bos);
        writer.Add("tokenizer.ggml.eos_token_id", (uint)TinyVocabulary.End);
        writer.Add("tokenizer.ggml.padding_token_id", (uint)TinyVocabulary.Pad);
        writer.Add("tokenizer.ggml.add_bos_token", true);
        writer.Add("tokenizer.chat_template", ChatTemplate);
        return writer;
    }
}
