using MemOS.ModelMaker.Gguf;
using MemOS.ModelMaker.RandomModels;
using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker;

/// <summary><c>random</c>: writes a model of a real shape with random weights.</summary>
internal static class RandomCommand
{
    public static void Run(string kind, string encoding, string path) => RandomModel.Write(path, kind switch
    {
        "qwen3-0.6b" => ModelShape.Qwen3,
        "llama-3.2-1b" => ModelShape.Llama,
        "bert" => ModelShape.Bert,
        _ => throw new ArgumentException($"'{kind}' is not one of qwen3-0.6b, llama-3.2-1b, bert."),
    }, Enum.Parse<TensorEncoding>(encoding, ignoreCase: true), seed: 1);
}
