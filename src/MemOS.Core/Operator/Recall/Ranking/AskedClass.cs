using System.Collections.Immutable;
using System.Text;
using MemOS.Operator.Recall.Indexing;
using MemOS.Text.Classes;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>A class that a question asks members of, as far as their words occur in one index.</summary>
/// <param name="Members">Where the words of each member occur, and how surely they mean one.</param>
internal sealed record AskedClass(ImmutableArray<(ImmutableArray<PostingList> Words, float Share)> Members)
{
    private const int LongestTerm = 128;

    /// <summary>Looks the words of classes up.</summary>
    /// <param name="classes">The classes; those without a word in the index are left out.</param>
    /// <param name="asked">The words of the question: what is named there is no answer.</param>
    /// <param name="index">The index.</param>
    public static ImmutableArray<AskedClass> Find(ImmutableArray<WordClass> classes, ReadOnlySpan<ulong> asked, IndexState index)
    {
        ImmutableArray<AskedClass>.Builder found = ImmutableArray.CreateBuilder<AskedClass>(classes.Length);
        foreach (WordClass one in classes)
        {
            ImmutableArray<(ImmutableArray<PostingList>, float)>.Builder members = ImmutableArray.CreateBuilder<(ImmutableArray<PostingList>, float)>();
            for (int i = 0; i < one.Count; i++)
            {
                if (Words(one.Word(i), asked, index) is { IsEmpty: false } words)
                {
                    members.Add((words, one.Share(i)));
                }
            }

            if (members.Count > 0)
            {
                found.Add(new AskedClass(members.DrainToImmutable()));
            }
        }

        return found.DrainToImmutable();
    }

    private static ImmutableArray<PostingList> Words(ReadOnlySpan<byte> name, ReadOnlySpan<ulong> asked, IndexState index)
    {
        Span<char> text = stackalloc char[LongestTerm];
        ReadOnlySpan<char> terms = text[..Encoding.UTF8.GetChars(name, text)];
        foreach (Range term in terms.Split(' '))
        {
            if (!index.Postings.Knows(TermKey.Of(terms[term])))
            {
                return []; // before a list of another of its words is read
            }
        }

        bool isNew = false;
        ImmutableArray<PostingList> words = [];
        foreach (Range term in terms.Split(' '))
        {
            ulong key = TermKey.Of(terms[term]);
            if (index.Postings.Find(key) is not { Live: > 0 } postings)
            {
                return [];
            }

            words = words.Add(postings);
            isNew |= !asked.Contains(key);
        }

        return isNew ? words : [];
    }
}
