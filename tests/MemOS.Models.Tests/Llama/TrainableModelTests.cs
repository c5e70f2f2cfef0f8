using MemOS.ModelMaker.Gguf;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama.Training;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Files that contradict themselves are refused where a cartridge is asked for, in the process of the server.</summary>
public sealed class TrainableModelTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly string[] InLayer = ["attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down"];

    [Fact]
    public void A_file_that_lies_about_its_sizes_is_refused_with_what_is_wrong()
    {
        Assert.Equal((2, 4, 6, 1e-5f, 10000f), Write() is var path && TrainableModel.Open(path).Shape is var shape ? (shape.Heads, shape.HeadSize, shape.Vocabulary, shape.Epsilon, shape.RopeBase) : default);
        Refused("no tensor blk.1.", file => file.Add("llama.block_count", (uint)int.MaxValue));
        Refused("llama.block_count", file => file.Add("llama.block_count", uint.MaxValue));
        Refused("llama.block_count", file => file.Add("llama.block_count", "many"));
        Refused("no matrix", _ => { }, embedding: [48]);
        Refused("no matrix", _ => { }, embedding: [8, 3, 2]);
        Refused("no tensor token_embd.weight", _ => { }, embedding: []);
        Refused("llama.rope.freq_base", file => file.Add("llama.rope.freq_base", "fast"));
        Refused("llama.rope.freq_base", file => file.Add("llama.rope.freq_base", float.NaN));
        Refused("llama.rope.freq_base", file => file.Add("llama.rope.freq_base", 0f));
        Refused("llama.attention.layer_norm_rms_epsilon", file => file.Add("llama.attention.layer_norm_rms_epsilon", "small"));
        Refused("llama.attention.layer_norm_rms_epsilon", file => file.Add("llama.attention.layer_norm_rms_epsilon", float.PositiveInfinity));
        Refused("heads have no size", file => file.Add("llama.attention.head_count", 9u));
        Refused("do not go into", file => file.Add("llama.attention.head_count_kv", 0u));
        Refused("do not go into", file => file.Add("llama.attention.head_count_kv", 3u));
        Refused("llama.expert_count", file => file.Add("llama.expert_count", "none"));
    }

    [Fact]
    public void A_row_in_blocks_that_do_not_fill_up_is_refused()
    {
        string path = models.File("blocks.gguf");
        using (BinaryWriter file = new(File.Create(path)))
        {
            file.Write("GGUF"u8);
            file.Write(3);
            file.Write(1L);
            file.Write(0L);
            file.Write(11L);
            file.Write("direction.1"u8);
            file.Write(1);
            file.Write(33L);
            file.Write((int)TensorEncoding.Q8_0);
            file.Write(0L);
            file.Write(new byte[256]);
        }

        Assert.Equal(ModelErrorCodes.ModelUnusable, Assert.Throws<ModelException>(() => GgufFile.Open(path)).Code);
    }

    private void Refused(string why, Action<GgufWriter> lie, long[]? embedding = null)
    {
        ModelException refused = Assert.Throws<ModelException>(() => TrainableModel.Open(Write(lie, embedding)));
        Assert.Equal(ModelErrorCodes.TrainingUnsupported, refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    // A lie stands behind the truth, and the last word counts.
    private string Write(Action<GgufWriter>? lie = null, long[]? embedding = null)
    {
        GgufWriter file = new("llama");
        foreach ((string name, uint value) in ((string, uint)[])[("embedding_length", 8), ("attention.head_count", 2), ("block_count", 1), ("feed_forward_length", 8)])
        {
            file.Add($"llama.{name}", value);
        }

        lie?.Invoke(file);
        if (embedding is not [])
        {
            Add("token_embd.weight", embedding ?? [8, 6]);
        }

        Add("output_norm.weight", 8);
        foreach (string name in InLayer)
        {
            Add($"blk.0.{name}.weight", 8, 8);
        }

        file.Write(models.File("lying.gguf"));
        return models.File("lying.gguf");

        void Add(string name, params long[] dimensions) => file.Add(new GgufTensor(name, dimensions, TensorEncoding.F32, (_, row) => row.Clear()));
    }
}
