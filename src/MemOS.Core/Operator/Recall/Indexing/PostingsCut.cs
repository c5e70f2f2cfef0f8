using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>An inverted file as it was at one moment, to be written while the writer goes on.</summary>
/// <param name="postings">The inverted file, for its keys.</param>
/// <param name="packed">The one of the snapshot that it continues.</param>
/// <param name="terms">How many terms there are.</param>
/// <param name="lists">Their lists; null where the snapshot has it.</param>
/// <param name="entries">Where the terms of the documents after the snapshot's stand.</param>
/// <param name="pages">The pages that they stand on.</param>
internal sealed class PostingsCut(Postings postings, PackedPostings? packed, int terms, PostingList?[] lists, ForwardEntry[] entries, uint[][] pages)
{
    private readonly int _packedDocuments = packed?.DocumentCount ?? 0;

    /// <summary>Writes the postings of some documents.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="documents">The documents, in the order that they get.</param>
    /// <param name="renumbered">The new number of each document, -1 for those left out; documents beyond it are newer than the cut.</param>
    public void Write(SnapshotWriter writer, ReadOnlySpan<int> documents, ReadOnlySpan<int> renumbered)
    {
        int[] numbers = new int[terms];
        ulong[] keys = new ulong[terms];
        for (int number = 0; number < terms; number++)
        {
            numbers[number] = number;
            keys[number] = postings.KeyOf(number);
        }

        Array.Sort(keys, numbers);
        int[] newNumbers = new int[terms];
        var bytes = new ByteList();
        var starts = new List<int>(terms + 1) { 0 };
        int kept = 0;
        var entries = new List<uint>();
        for (int i = 0; i < terms; i++)
        {
            Collect(numbers[i], renumbered, entries);
            newNumbers[numbers[i]] = kept;
            if (entries.Count > 0)
            {
                PackedPostings.Append(bytes, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
                keys[kept++] = keys[i];
                starts.Add(bytes.Count);
            }
        }

        (ByteList blocks, List<int> blockStarts) = PackTerms(documents, newNumbers);
        PackedPostings.Write(writer, keys.AsSpan(0, kept), [.. starts], bytes, [.. blockStarts], blocks);
    }

    private void Collect(int number, ReadOnlySpan<int> renumbered, List<uint> target)
    {
        target.Clear();
        ReadOnlySpan<uint> found = Volatile.Read(ref lists[number]) is { } list ? list.Entries : packed is null ? default : packed.ReadList(number);
        foreach (uint entry in found)
        {
            int document = (int)(entry >> 8);
            if (document < renumbered.Length && renumbered[document] >= 0)
            {
                target.Add(((uint)renumbered[document] << 8) | (entry & 0xFF));
            }
        }
    }

    private (ByteList Blocks, List<int> Starts) PackTerms(ReadOnlySpan<int> documents, int[] newNumbers)
    {
        var blocks = new ByteList();
        var starts = new List<int> { 0 };
        uint[] terms = [];
        for (int i = 0; i < documents.Length; i++)
        {
            if (i > 0 && i % PackedPostings.BlockSize == 0)
            {
                starts.Add(blocks.Count);
            }

            ReadOnlySpan<uint> old = TermsOf(documents[i]);
            terms = terms.Length < old.Length ? new uint[old.Length] : terms;
            for (int k = 0; k < old.Length; k++)
            {
                terms[k] = ((uint)newNumbers[old[k] >> 8] << 8) | (old[k] & 0xFF);
            }

            PackedPostings.AppendTerms(blocks, terms.AsSpan(0, old.Length));
        }

        if (documents.Length > 0)
        {
            starts.Add(blocks.Count);
        }

        return (blocks, starts);
    }

    private ReadOnlySpan<uint> TermsOf(int document)
    {
        if (document < _packedDocuments && packed is not null)
        {
            return packed.ReadTerms(document);
        }

        ForwardEntry entry = entries[document - _packedDocuments];
        return entry.Count == 0 ? default : pages[entry.Page].AsSpan(entry.Start, entry.Count);
    }
}
