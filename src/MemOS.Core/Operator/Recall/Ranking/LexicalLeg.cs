using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Scores documents and sessions by the words that they share with the question.</summary>
internal static class LexicalLeg
{
    private const int TableSize = 256;

    /// <summary>Adds up BM25 in <see cref="SearchScratch.Lexical"/> and <see cref="SearchScratch.Sessions"/>, for readable documents only.</summary>
    public static void Score(QueryAnalysis query, FilterScope documents, SearchScratch scratch)
    {
        IndexState state = documents.State;
        float average = Math.Max(1, (float)state.TotalLength / Math.Max(1, state.Live));
        Span<float> norms = stackalloc float[TableSize];
        for (int length = 0; length < TableSize; length++)
        {
            norms[length] = Bm25.Norm(length, average, Bm25.LengthShare);
        }

        ReadOnlySpan<int> sessionLengths = state.Conversations.SessionLengths;
        sessionLengths = sessionLengths[..Math.Min(sessionLengths.Length, scratch.Sessions.Length)];
        (int sessions, float sessionAverage) = Average(sessionLengths);
        foreach (QueryTerm term in query.Terms)
        {
            if (term.Postings is null || term.IsSpeaker)
            {
                continue;
            }

            int touched = AddDocuments(term, documents, scratch, norms, average, sessionLengths.Length);
            AddSessions(scratch, touched, sessions, sessionLengths, sessionAverage);
        }
    }

    private static int AddDocuments(
        QueryTerm term, FilterScope documents, SearchScratch scratch, ReadOnlySpan<float> norms, float average, int sessions)
    {
        Columns columns = documents.Columns;
        ReadOnlySpan<ushort> lengths = columns.Length;
        ReadOnlySpan<int> sessionOf = columns.Session;
        ReadOnlySpan<ulong> readable = scratch.Readable;
        Span<float> scores = scratch.Lexical;
        Span<int> frequencies = scratch.SessionFrequencies;
        int touched = 0;
        foreach (uint entry in term.Postings is null ? default : term.Postings.Entries)
        {
            int document = (int)(entry >> 8);
            if (document >= documents.Count)
            {
                break;
            }

            if (!Bitmap.IsSet(readable, document))
            {
                continue;
            }

            int frequency = (int)(entry & 0xFF);
            int length = lengths[document];
            float norm = length < TableSize ? norms[length] : Bm25.Norm(length, average, Bm25.LengthShare);
            scores[document] += term.Rarity * Bm25.Weight(frequency, norm);
            int session = sessionOf[document];
            if ((uint)session < (uint)sessions)
            {
                if (frequencies[session] == 0)
                {
                    scratch.SessionsTouched[touched++] = session;
                }

                frequencies[session] += frequency;
            }
        }

        return touched;
    }

    private static void AddSessions(SearchScratch scratch, int touched, int sessions, ReadOnlySpan<int> lengths, float average)
    {
        float rarity = Bm25.Rarity(sessions, touched);
        foreach (int session in scratch.SessionsTouched.AsSpan(0, touched))
        {
            float norm = Bm25.Norm(lengths[session], average, Bm25.SessionLengthShare);
            scratch.Sessions[session] += rarity * Bm25.Weight(scratch.SessionFrequencies[session], norm);
            scratch.SessionFrequencies[session] = 0;
        }
    }

    private static (int Count, float Average) Average(ReadOnlySpan<int> lengths)
    {
        int count = 0;
        long total = 0;
        foreach (int length in lengths)
        {
            count += length > 0 ? 1 : 0;
            total += length;
        }

        return (count, Math.Max(1, (float)total / Math.Max(1, count)));
    }
}
