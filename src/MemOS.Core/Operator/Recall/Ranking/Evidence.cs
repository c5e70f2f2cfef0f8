namespace MemOS.Operator.Recall.Ranking;

/// <summary>How well one document answers the question, whatever the others do: the ground of <see cref="RecallHit.Relevance"/>.</summary>
/// <param name="Coverage">The share of the question's words that it has, rare words weighing more. 0 to 1.</param>
/// <param name="Cosine">The likeness of the vectors, at least 0.</param>
/// <param name="Found">Whether the two share a word or a name, or their vectors are alike beyond chance.</param>
internal readonly record struct Evidence(float Coverage, float Cosine, bool Found)
{
    /// <summary>Where evidence begins.</summary>
    public const double Least = 0.45;

    /// <summary>The quality of the match, 0 to 1.</summary>
    public double Quality => 1 - ((1 - Coverage) * (1 - Math.Min(1, Cosine)));

    /// <summary>Weighs the question's words against a document.</summary>
    public static Evidence Of(QueryAnalysis query, int document, float cosine, bool named, float cosineThreshold)
    {
        float all = 0;
        float found = 0;
        foreach (QueryTerm term in query.Terms)
        {
            all += term.Rarity;
            found += term.Postings?.FrequencyIn(document) > 0 ? term.Rarity : 0;
        }

        float coverage = all > 0 ? found / all : 0;
        return new Evidence(coverage, Math.Max(0, cosine), found > 0 || named || cosine >= cosineThreshold);
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
