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
        Span<float> chances = scratch.Members;
        foreach (AskedClass one in classes)
        {
            int touched = 0;
            foreach ((ImmutableArray<PostingList> words, float share) in one.Members)
            {
                touched = AddMember(words, share, documents, scratch, touched);
            }

            ReadOnlySpan<int> having = scratch.MembersTouched.AsSpan(0, touched);
            float frequency = 0;
            foreach (int document in having)
            {
                frequency += chances[document];
            }

            float rarity = Bm25.Rarity(live, Math.Max(1, (int)MathF.Round(frequency))) / rarest;
            foreach (int document in having)
            {
                scratch.Classes[document] = Math.Max(scratch.Classes[document], rarity * chances[document]);
                chances[document] = 0;
            }
        }
    }

    /// <summary>Raises the chance that a document has a member, for all that have this one.</summary>
    private static int AddMember(ImmutableArray<PostingList> words, float share, FilterScope documents, SearchScratch scratch, int touched)
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
                ref float chance = ref scratch.Members[document];
                if (chance == 0)
                {
                    scratch.MembersTouched[touched++] = document;
                }

                chance = 1 - ((1 - chance) * (1 - share));
            }
        }

        return touched;
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
