using MemOS.EmbedderBuilder.LinearAlgebra;
using MemOS.EmbedderBuilder.WordNet;

namespace MemOS.EmbedderBuilder;

/// <summary>The vectors of words and phrases, of unit length, before they are weighed: the part of a recipe that takes time.</summary>
internal sealed class Decomposition
{
    private readonly Recipe _recipe;

    public Decomposition(WordNetDatabase database, Recipe recipe)
    {
        _recipe = recipe;
        Vocabulary = new Vocabulary(database);
        Matrix = TermMatrix.Of(recipe, database, Vocabulary);
        Words = Select(phrases: false);
        Phrases = Select(phrases: true);
        SparseMatrix information = Matrix.Information(Words);
        TruncatedSvd svd = TruncatedSvd.Of(information, recipe.Dimension, recipe.Iterations, recipe.Seed);
        WordVectors = Vectors(svd, information);
        PhraseVectors = Vectors(svd, Matrix.Information(Phrases));
    }

    public Vocabulary Vocabulary { get; }

    public TermMatrix Matrix { get; }

    /// <summary>The words, as terms of the vocabulary.</summary>
    public int[] Words { get; }

    /// <summary>The phrases, as terms of the vocabulary.</summary>
    public int[] Phrases { get; }

    /// <summary>A vector for each of <see cref="Words"/>.</summary>
    public Rows WordVectors { get; }

    /// <summary>A vector for each of <see cref="Phrases"/>.</summary>
    public Rows PhraseVectors { get; }

    /// <summary>The same recipe without what does not matter here.</summary>
    public static Recipe Relevant(Recipe recipe)
    {
        Recipe none = new();
        return recipe with
        {
            Frequency = none.Frequency,
            UnknownWeight = none.UnknownWeight,
            PhraseCosine = none.PhraseCosine,
            PhraseWeight = none.PhraseWeight,
            CommonDirections = none.CommonDirections,
        };
    }

    private int[] Select(bool phrases) =>
        [.. Enumerable.Range(0, Vocabulary.Terms.Count).Where(term => Vocabulary.Terms[term].Contains(' ') == phrases && Matrix.Weight(term) >= _recipe.LeastWeight)];

    // U S^p = (A V) S^(p - 1), each row then made one long.
    private Rows Vectors(TruncatedSvd svd, SparseMatrix information)
    {
        Rows rows = svd.Project(information);
        float[] scales = [.. svd.Values.Select(value => (float)ExactMath.PowerOfQuarters(value, _recipe.SingularQuarters - 4))];
        for (int i = 0; i < rows.Count; i++)
        {
            Span<float> row = rows[i];
            for (int k = 0; k < row.Length; k++)
            {
                row[k] *= scales[k];
            }

            Rows.Normalise(row);
        }

        return rows;
    }
}
