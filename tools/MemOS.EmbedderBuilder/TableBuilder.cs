using MemOS.EmbedderBuilder.LinearAlgebra;
using MemOS.EmbedderBuilder.WordNet;

namespace MemOS.EmbedderBuilder;

/// <summary>Builds tables of word vectors by recipes. Recipes that differ in weights alone share a decomposition when they follow each other.</summary>
internal sealed class TableBuilder(WordNetDatabase database)
{
    private (Recipe Recipe, Decomposition Decomposition)? _last;

    /// <summary>Builds a table.</summary>
    public byte[] Build(Recipe recipe)
    {
        Recipe relevant = Decomposition.Relevant(recipe);
        if (_last is not { } last || last.Recipe != relevant)
        {
            _last = last = (relevant, new Decomposition(database, recipe));
        }

        return Write(recipe, last.Decomposition);
    }

    private byte[] Write(Recipe recipe, Decomposition from)
    {
        Dictionary<string, int> placeOf = [];
        float[] weights = new float[from.Words.Length];
        float total = from.Matrix.Uses.Sum();
        for (int i = 0; i < from.Words.Length; i++)
        {
            placeOf.Add(from.Vocabulary.Terms[from.Words[i]], i);
            weights[i] = recipe.Frequency / (recipe.Frequency + (from.Matrix.Uses[from.Words[i]] / total));
        }

        float[] Sum(IEnumerable<string> stems)
        {
            float[] sum = new float[recipe.Dimension];
            foreach (string stem in stems)
            {
                if (placeOf.TryGetValue(stem, out int place))
                {
                    Rows.AddScaled(from.WordVectors[place], weights[place], sum);
                }
            }

            Rows.Normalise(sum);
            return sum;
        }

        CommonDirections common = CommonDirections.Of(
            recipe.CommonDirections, recipe.Dimension, database.Synsets.Select(synset => Sum(from.Vocabulary.Cut(synset.Definition).Select(term => from.Vocabulary.Terms[term]))));
        TableWriter table = new(recipe.Dimension, recipe.UnknownWeight, WordNetNotice.Text);
        for (int i = 0; i < from.Phrases.Length; i++)
        {
            string[] stems = from.Vocabulary.Terms[from.Phrases[i]].Split(' ');
            if (Rows.Dot(Sum(stems), from.PhraseVectors[i]) < recipe.PhraseCosine)
            {
                table.Add(stems, common.TakenOutOf(from.PhraseVectors[i]), recipe.PhraseWeight);
            }
        }

        for (int i = 0; i < from.Words.Length; i++)
        {
            table.Add([from.Vocabulary.Terms[from.Words[i]]], common.TakenOutOf(from.WordVectors[i]), weights[i]);
        }

        foreach ((string form, string lemma) in from.Vocabulary.Irregular)
        {
            if (placeOf.TryGetValue(lemma, out int place))
            {
                table.Add([form], common.TakenOutOf(from.WordVectors[place]), weights[place]);
            }
        }

        return table.ToArray();
    }
}
