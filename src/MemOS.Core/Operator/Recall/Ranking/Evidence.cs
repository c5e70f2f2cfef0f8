namespace MemOS.Operator.Recall.Ranking;

/// <summary>How well one document answers the question, whatever the others do: the ground of <see cref="RecallHit.Relevance"/>.</summary>
/// <param name="Coverage">The share of the question's words that it has, rare words weighing more. 0 to 1.</param>
/// <param name="Likeness">The likeness of the vectors beyond what any two have. 0 to 1.</param>
/// <param name="Found">Whether the two share a word or a name, or their vectors are alike beyond chance.</param>
internal readonly record struct Evidence(float Coverage, float Likeness, bool Found)
{
    /// <summary>Where evidence begins.</summary>
    public const double Least = 0.45;

    /// <summary>The quality of the match, 0 to 1.</summary>
    public double Quality => 1 - ((1 - Coverage) * (1 - Likeness));

    /// <summary>Weighs the question's words against a document.</summary>
    /// <param name="query">The question.</param>
    /// <param name="document">The document.</param>
    /// <param name="cosine">The likeness of the vectors.</param>
    /// <param name="named">Whether the document is by or about somebody whom the question names, or of the time that it names.</param>
    /// <param name="scale">What a cosine is worth in this index.</param>
    public static Evidence Of(QueryAnalysis query, int document, float cosine, bool named, CosineScale scale)
    {
        float all = 0;
        float found = 0;
        foreach (QueryTerm term in query.Terms)
        {
            all += term.Rarity;
            found += term.Postings?.FrequencyIn(document) > 0 ? term.Rarity : 0;
        }

        return new Evidence(all > 0 ? found / all : 0, scale.Likeness(cosine), found > 0 || named || cosine >= scale.Threshold);
    }

    /// <summary>The relevance of a document with this evidence beside neighbours with theirs.</summary>
    public double Relevance(double bestNeighbour)
    {
        if (Found)
        {
            return Least + ((1 - Least) * Quality);
        }

        // A direct neighbour of strong evidence is part of its context.
        return bestNeighbour >= 0.5 ? Least + ((1 - Least) * bestNeighbour / 4) : Least * 0.9 * Quality;
    }
}
