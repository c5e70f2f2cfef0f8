using MemOS.Operator.Recall;

namespace MemOS.Server.Compat;

/// <summary>Keeps a list of hits from saying the same thing over and over.</summary>
internal static class NearRepeats
{
    private const double Alike = 0.8;

    /// <summary>How many hits to look at so that enough are left.</summary>
    public static int Candidates(string mode, int wanted) => mode == "no" ? wanted : Math.Min(1000, wanted + (wanted / 2) + 5);

    /// <summary>Chooses the hits: with <c>sim</c> near repeats are left out, with <c>mmr</c> they come last, with <c>no</c> all stay as they are.</summary>
    public static IReadOnlyList<RecallHit> Choose(IReadOnlyList<RecallHit> hits, string mode, int wanted)
    {
        if (mode == "no")
        {
            return hits;
        }

        List<RecallHit> chosen = new(wanted);
        List<RecallHit> repeats = [];
        List<HashSet<string>> words = [];
        foreach (RecallHit hit in hits)
        {
            HashSet<string> own = Words(hit.Cube.Text ?? "");
            if (words.Any(other => Overlap(own, other) >= Alike))
            {
                repeats.Add(hit);
                continue;
            }

            words.Add(own);
            chosen.Add(hit);
            if (chosen.Count == wanted)
            {
                return chosen;
            }
        }

        if (mode == "mmr")
        {
            chosen.AddRange(repeats.Take(wanted - chosen.Count));
        }

        return chosen;
    }

    private static HashSet<string> Words(string text)
    {
        HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return words;
    }

    // The share of words in common (Jaccard); texts without words are alike only when both have none.
    private static double Overlap(HashSet<string> left, HashSet<string> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == right.Count ? 1 : 0;
        }

        // The larger set bounds the overlap, which spares most comparisons.
        if (Math.Min(left.Count, right.Count) < Alike * Math.Max(left.Count, right.Count))
        {
            return 0;
        }

        int common = left.Count(right.Contains);
        return (double)common / (left.Count + right.Count - common);
    }
}
