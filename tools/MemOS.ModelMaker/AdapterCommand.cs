using MemOS.ModelMaker.RandomModels;
using MemOS.ModelMaker.Tiny;

namespace MemOS.ModelMaker;

/// <summary><c>adapter</c>: writes a LoRA adapter with random weights for the tiny model.</summary>
internal static class AdapterCommand
{
    public static void Run(string path, int seed)
    {
        TinyShape tiny = new() { Vocabulary = new TinyVocabulary().Count };
        ModelShape shape = ModelShape.Llama with
        {
            Layers = tiny.Layers,
            Width = tiny.Width,
            FeedForward = tiny.FeedForward,
            Heads = tiny.Heads,
            CacheHeads = tiny.Heads,
            HeadSize = tiny.HeadSize,
            Vocabulary = tiny.Vocabulary,
            Context = tiny.Context,
        };
        RandomAdapter.Write(path, shape, rank: 4, seed);
    }
}
