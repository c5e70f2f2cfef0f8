using MemOS.ModelMaker.Gguf;
using MemOS.ModelMaker.RandomModels;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama;

namespace MemOS.Testing.Models;

/// <summary>Small models with random weights, made once for the tests of a class.</summary>
public sealed class TestModels : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-models-");

    public TestModels()
    {
        RandomModel.Write(Llama, ModelShape.Llama.Tiny(), TensorEncoding.F16, seed: 1);
        RandomModel.Write(Other, ModelShape.Llama.Tiny(), TensorEncoding.F16, seed: 2);
        RandomModel.Write(Qwen, ModelShape.Qwen3.Tiny(), TensorEncoding.Q8_0, seed: 3);
        RandomModel.Write(Halved, ModelShape.Llama.Tiny() with { HalvesPositions = true }, TensorEncoding.F16, seed: 5);
        RandomModel.Write(Windowed, ModelShape.Gemma2.Tiny() with { Window = 64 }, TensorEncoding.F16, seed: 6);
        RandomModel.Write(Bert, ModelShape.Bert.Tiny(), TensorEncoding.Q8_0, seed: 4);
    }

    /// <summary>The trained model of the repository, which answers from facts in its context.</summary>
    public static string TinyMemory => Path.Combine(AppContext.BaseDirectory, "tiny-memory.gguf");

    public string Llama => File("llama.gguf");

    /// <summary>The same shape with other weights.</summary>
    public string Other => File("other.gguf");

    public string Qwen => File("qwen.gguf");

    /// <summary>A decoder that nothing is trained for.</summary>
    public string Halved => File("halved.gguf");

    /// <summary>A decoder some of whose layers look back only 64 tokens, so that its states are laid out in another way.</summary>
    public string Windowed => File("windowed.gguf");

    public string Bert => File("bert.gguf");

    public string File(string name) => Path.Combine(folder.FullName, name);

    public static LocalModelOptions Options(string path) => new() { Path = path, ContextTokens = 512, Sequences = 4, Threads = 1 };

    /// <summary>Writes a control vector as llama.cpp's tools do: a direction for each of some layers.</summary>
    public string ControlVector(string name, params (int Layer, float[] Values)[] directions)
    {
        GgufWriter writer = new("controlvector");
        writer.Add("controlvector.model_hint", "llama");
        writer.Add("controlvector.layer_count", (uint)directions.Length);
        foreach ((int layer, float[] values) in directions)
        {
            writer.Add(new GgufTensor($"direction.{layer}", [values.Length], TensorEncoding.F32, (_, row) => values.CopyTo(row)));
        }

        writer.Write(File(name));
        return File(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
