using MemOS.EmbedderBuilder.LinearAlgebra;
using MemOS.EmbedderBuilder.WordNet;

namespace MemOS.EmbedderBuilder;

/// <summary>How much each term has to do with each synset, before and after positive pointwise mutual information.</summary>
internal sealed class TermMatrix
{
    private readonly Recipe _recipe;
    private readonly WordNetDatabase _database;
    private readonly Vocabulary _vocabulary;
    private readonly List<Dictionary<int, float>> _cells = [];

    private TermMatrix(Recipe recipe, WordNetDatabase database, Vocabulary vocabulary)
    {
        _recipe = recipe;
        _database = database;
        _vocabulary = vocabulary;
    }

    /// <summary>How often each term stands in a definition or example, and was used in tagged text.</summary>
    public List<float> Uses { get; } = [];

    /// <summary>Counts.</summary>
    public static TermMatrix Of(Recipe recipe, WordNetDatabase database, Vocabulary vocabulary)
    {
        TermMatrix matrix = new(recipe, database, vocabulary);
        for (int synset = 0; synset < database.Synsets.Count; synset++)
        {
            matrix.AddText(synset);
            matrix.AddLemmas(synset);
        }

        foreach ((string lemma, int uses) in database.TaggedUses)
        {
            foreach (int term in vocabulary.Cut(lemma))
            {
                matrix.Room(term);
                matrix.Uses[term] += uses * recipe.TaggedUse;
            }
        }

        matrix.Room(vocabulary.Terms.Count - 1);
        return matrix;
    }

    /// <summary>The weight of a term in all synsets together.</summary>
    public float Weight(int term)
    {
        float sum = 0;
        foreach (float cell in _cells[term].Values)
        {
            sum += cell;
        }

        return sum;
    }

    /// <summary>Positive pointwise mutual information of some terms with the synsets; the distribution of the synsets is that over single words.</summary>
    public SparseMatrix Information(IReadOnlyList<int> terms)
    {
        double[] contexts = new double[_database.Synsets.Count];
        double total = 0;
        for (int term = 0; term < _cells.Count; term++)
        {
            if (!_vocabulary.Terms[term].Contains(' '))
            {
                foreach ((int synset, float value) in _cells[term])
                {
                    contexts[synset] += value;
                    total += value;
                }
            }
        }

        double flattened = 0;
        for (int i = 0; i < contexts.Length; i++)
        {
            contexts[i] = ExactMath.PowerOfQuarters(contexts[i], _recipe.ContextQuarters);
            flattened += contexts[i];
        }

        Dictionary<int, float>[] rows = new Dictionary<int, float>[terms.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = [];
            double weight = Weight(terms[i]);
            foreach ((int synset, float value) in _cells[terms[i]])
            {
                double ratio = value / weight * flattened / contexts[synset];
                if (ratio > 1)
                {
                    rows[i][synset] = (float)ExactMath.Log(ratio);
                }
            }
        }

        return SparseMatrix.Of(rows, contexts.Length);
    }

    private void AddText(int synset)
    {
        Synset read = _database.Synsets[synset];
        foreach (int term in _vocabulary.Cut(read.Definition))
        {
            Add(term, synset, _recipe.Definition);
            Uses[term]++;
            if (_recipe.RelatedDefinition > 0)
            {
                foreach (Pointer pointer in read.Pointers.Where(pointer => pointer.Symbol is not "!"))
                {
                    Add(term, pointer.Target, _recipe.Definition * _recipe.RelatedDefinition);
                }
            }
        }

        foreach (int term in read.Examples.SelectMany(_vocabulary.Cut))
        {
            Add(term, synset, _recipe.Example);
            Uses[term]++;
        }
    }

    private void AddLemmas(int synset)
    {
        Synset read = _database.Synsets[synset];
        for (int word = 1; word <= read.Lemmas.Count; word++)
        {
            string lemma = read.Lemmas[word - 1];
            int[] terms = [.. _vocabulary.Cut(lemma)];
            int phrase = _vocabulary.Phrase(lemma);
            float share = 1f / (1 + lemma.Count(c => c == ' '));
            float sense = (float)ExactMath.PowerOfQuarters(_database.Rank(read.PartOfSpeech, lemma, synset), -_recipe.SenseDecayQuarters);
            AddAll(synset, _recipe.Lemma * sense);
            foreach (Pointer pointer in read.Pointers)
            {
                float weight = WeightOf(pointer.Symbol);
                if (weight > 0 && (pointer.Word == 0 || pointer.Word == word))
                {
                    AddAll(pointer.Target, weight * sense);
                    if (pointer.Symbol is "@" && _recipe.GrandHypernym > 0)
                    {
                        foreach (Pointer next in _database.Synsets[pointer.Target].Pointers.Where(next => next.Symbol is "@"))
                        {
                            AddAll(next.Target, _recipe.GrandHypernym * sense);
                        }
                    }
                }
            }

            void AddAll(int target, float weight)
            {
                foreach (int term in terms)
                {
                    Add(term, target, weight * share);
                }

                if (phrase >= 0)
                {
                    Add(phrase, target, weight);
                }
            }
        }
    }

    private float WeightOf(string symbol) => symbol switch
    {
        "@" or "@i" => _recipe.Hypernym,
        "~" or "~i" => _recipe.Hyponym,
        "&" => _recipe.SimilarTo,
        "+" => _recipe.Derivation,
        "$" => _recipe.VerbGroup,
        "!" => 0,
        _ when symbol[0] is ';' or '-' => _recipe.Topic,
        _ => _recipe.Other,
    };

    private void Add(int term, int synset, float weight)
    {
        Room(term);
        Dictionary<int, float> row = _cells[term];
        row[synset] = row.GetValueOrDefault(synset) + weight;
    }

    private void Room(int term)
    {
        while (_cells.Count <= term)
        {
            _cells.Add([]);
            Uses.Add(0);
        }
    }
}
