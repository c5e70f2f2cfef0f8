using System.Globalization;

namespace MemOS.RankingTrainer;

/// <summary>How well weights rank pools: the mean share of a question's evidence among the first so many.</summary>
internal readonly record struct PoolScore(int Questions, double At1, double At5, double At10, double At20)
{
    /// <summary>Ranks each pool with the weights that are given for it.</summary>
    public static PoolScore Of(IEnumerable<LabelledPool> pools, Func<LabelledPool, float[]?> weightsFor)
    {
        int questions = 0;
        double[] found = new double[4];
        foreach (LabelledPool pool in pools)
        {
            questions++;
            float[]? weights = weightsFor(pool);
            LabelledDocument[] ranked = [.. pool.Documents.OrderByDescending(document => Score(document, weights))];
            int[] depths = [1, 5, 10, 20];
            for (int i = 0; i < depths.Length; i++)
            {
                found[i] += (double)ranked.Take(depths[i]).SelectMany(document => document.Evidence).Distinct().Count() / pool.Evidence;
            }
        }

        double share = 1.0 / Math.Max(1, questions);
        return new PoolScore(questions, found[0] * share, found[1] * share, found[2] * share, found[3] * share);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Questions,4} questions  R@1 {At1:F3}  R@5 {At5:F3}  R@10 {At10:F3}  R@20 {At20:F3}");

    private static float Score(LabelledDocument document, float[]? weights)
    {
        float score = document.Score;
        for (int f = 0; weights is not null && f < weights.Length; f++)
        {
            score += weights[f] * document.Features[f];
        }

        return score;
    }
}
