using MemOS.ModelMaker.Gguf;
using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker.RandomModels;

/// <summary>Writes LoRA adapters with random weights for a model of a shape: they teach nothing, but load and change what is computed.</summary>
internal static class RandomAdapter
{
    /// <summary>Writes an adapter of the query and value matrices of every layer.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="shape">Of the decoder that it is for.</param>
    /// <param name="rank">Columns of the two thin matrices; also the alpha, so that a scale of 1 applies them as they are.</param>
    /// <param name="seed">The same seed gives the same file.</param>
    public static void Write(string path, ModelShape shape, int rank, int seed)
    {
        Random random = new(seed);
        GgufWriter writer = new(shape.Architecture);
        writer.Add("general.type", "adapter");
        writer.Add("adapter.type", "lora");
        writer.Add("adapter.lora.alpha", (float)rank);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            Pair($"blk.{layer}.attn_q.weight", shape.Heads * shape.HeadSize);
            Pair($"blk.{layer}.attn_v.weight", shape.CacheHeads * shape.HeadSize);
        }

        writer.Write(path);

        void Pair(string name, int rows)
        {
            Matrix(name + ".lora_a", shape.Width, rank);
            Matrix(name + ".lora_b", rank, rows);
        }

        void Matrix(string name, int columns, int rows) => writer.Add(new GgufTensor(name, [columns, rows], TensorEncoding.F32, (_, row) =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = ((2 * random.NextSingle()) - 1) / MathF.Sqrt(columns);
            }
        }));
    }
}
