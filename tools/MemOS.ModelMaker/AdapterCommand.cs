using MemOS.ModelMaker.RandomModels;
using MemOS.ModelMaker.Tiny;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker;

/// <summary><c>adapter</c>: writes a LoRA adapter with random weights for the tiny model.</summary>
internal static class AdapterCommand
{
    public static void Run(string path, int seed)
    {
        DecoderShape tiny = TinyShape.Of(new TinyVocabulary().Count);
        ModelShape shape = ModelShape.Llama with
        {
            Layers = tiny.Layers,
            Width = tiny.Width,
            FeedForward = tiny.FeedForward,
            Heads = tiny.Heads,
            CacheHeads = tiny.CacheHeads,
            HeadSize = tiny.HeadSize,
            Vocabulary = tiny.Vocabulary,
            Context = TinyShape.Context,
        };
        RandomAdapter.Write(path, shape, rank: 4, seed);
    }
}
