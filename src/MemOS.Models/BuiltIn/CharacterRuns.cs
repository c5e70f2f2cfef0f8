namespace MemOS.Models.BuiltIn;

/// <summary>
/// Vectors for words that no table knows (names, slang, other languages): signed feature hashing (Weinberger et al., arXiv 0902.2206) of the word and of the
/// runs of 3 to 5 characters in it. The same name always points the same way, spellings and forms of a word lie near each other, and unrelated words are
/// nearly orthogonal to each other and to everything that a table holds.
/// </summary>
/// <remarks>Deterministic on every platform. Stateless.</remarks>
internal static class CharacterRuns
{
    private const int Shortest = 3;
    private const int Longest = 5;
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong Factor = 0xFF51AFD7ED558CCD;

    /// <summary>Adds the vector of a word, of about unit length, to a sum.</summary>
    /// <param name="word">The word; it is read as if a space stood at both ends.</param>
    /// <param name="weight">What the word weighs.</param>
    /// <param name="sum">Any number of components.</param>
    public static void Add(ReadOnlySpan<char> word, float weight, Span<float> sum)
    {
        int runs = 0;
        for (int length = Shortest; length <= Longest; length++)
        {
            runs += Math.Max(0, word.Length + 3 - length);
        }

        // The word weighs as much as all its runs together.
        float half = weight * MathF.Sqrt(0.5f);
        float share = runs == 0 ? 0 : half / MathF.Sqrt(runs);
        ulong whole = Seed;
        for (int start = -1; start <= word.Length; start++)
        {
            ulong hash = 0;
            int end = Math.Min(start + Longest, word.Length + 1);
            for (int at = start; at < end; at++)
            {
                hash = Mix(hash, (uint)at < (uint)word.Length ? word[at] : ' ');
                if (at - start + 1 >= Shortest)
                {
                    Place(hash, share, sum);
                }
            }

            whole = Mix(whole, (uint)start < (uint)word.Length ? word[start] : ' ');
        }

        Place(whole, half, sum);
    }

    private static ulong Mix(ulong hash, uint character)
    {
        hash = (hash ^ character) * Factor;
        return hash ^ (hash >> 29);
    }

    private static void Place(ulong hash, float weight, Span<float> sum)
    {
        hash *= Factor;
        int at = (int)(((hash >> 32) * (ulong)sum.Length) >> 32);
        sum[at] += (hash & 1) == 0 ? weight : -weight;
    }
}
