using System.Numerics.Tensors;
using MemOS.EmbedderBuilder.WordNet;
using MemOS.Models.BuiltIn;

namespace MemOS.EmbedderBuilder.Measurement;

/// <summary>What lies nearest to a word among the words of WordNet.</summary>
internal sealed class NearestNeighbours
{
    private readonly WordNetEmbedder _embedder;
    private readonly string[] _words;
    private readonly float[][] _vectors;

    public NearestNeighbours(WordNetEmbedder embedder, WordNetDatabase database)
    {
        _embedder = embedder;
        _words = [.. database.TaggedUses.Keys.Concat(database.Synsets.SelectMany(synset => synset.Lemmas)).Distinct().Take(60_000)];
        _vectors = [.. _words.Select(Embed)];
    }

    /// <summary>A fixed list of words to look at.</summary>
    public static IReadOnlyList<string> Sample { get; } =
        ["dog", "doctor", "car", "happy", "guitar", "travel", "allergy", "went", "children", "ice cream", "new york", "birthday", "job interview", "hiking", "vegetarian", "sad", "laptop"];

    /// <summary>The nearest words, forms of the word left out.</summary>
    public IReadOnlyList<(string Word, float Cosine)> Of(string word, int count = 8)
    {
        float[] vector = Embed(word);
        return [.. _vectors.Select((other, i) => (Word: _words[i], Cosine: TensorPrimitives.Dot(vector, other)))
            .Where(neighbour => neighbour.Cosine < 0.9999f).OrderByDescending(neighbour => neighbour.Cosine).Take(count)];
    }

    private float[] Embed(string word)
    {
        float[] vector = new float[_embedder.Dimension];
        _embedder.Embed(word, vector);
        return vector;
    }
}
