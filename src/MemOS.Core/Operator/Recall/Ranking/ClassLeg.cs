using System.Collections.Immutable;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Scores documents by members of the class that the question asks for: "taekwondo" for "What martial arts …".</summary>
/// <remarks>
/// A class counts like a word that stands wherever one of its members does: the more documents have one, the less it says. Nearly every text has an "activity" or an
/// "event", and then there is next to nothing to gain.
/// </remarks>
internal static class ClassLeg
{
    /// <summary>Fills <see cref="SearchScratch.Classes"/>, 0 to 1, for readable documents only. Of several meanings of the class the best counts.</summary>
    public static void Score(ImmutableArray<AskedClass> classes, FilterScope documents, SearchScratch scratch)
    {
        if (classes.IsEmpty)
        {
            return;
        }

        int live = documents.State.Live;
        float rarest = Bm25.Rarity(live, 1);
        Dictionary<int, float> without = [];
        foreach (AskedClass one in classes)
        {
            without.Clear(); // the chance that a document has no member
            foreach ((ImmutableArray<PostingList> words, float share) in one.Members)
            {
                AddMember(words, share, documents, scratch, without);
            }

            float having = 0;
            foreach (float chance in without.Values)
            {
                having += 1 - chance;
            }

            float rarity = Bm25.Rarity(live, Math.Max(1, (int)MathF.Round(having))) / rarest;
            foreach ((int document, float chance) in without)
            {
                scratch.Classes[document] = Math.Max(scratch.Classes[document], rarity * (1 - chance));
            }
        }
    }

    private static void AddMember(
        ImmutableArray<PostingList> words, float share, FilterScope documents, SearchScratch scratch, Dictionary<int, float> without)
    {
        foreach (uint entry in words[0].Entries)
        {
            int document = (int)(entry >> 8);
            if (document >= documents.Count)
            {
                break;
            }

            if (Bitmap.IsSet(scratch.Readable, document) && HasAll(words, document))
            {
                without[document] = without.GetValueOrDefault(document, 1) * (1 - share);
            }
        }
    }

    private static bool HasAll(ImmutableArray<PostingList> words, int document)
    {
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i].FrequencyIn(document) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
