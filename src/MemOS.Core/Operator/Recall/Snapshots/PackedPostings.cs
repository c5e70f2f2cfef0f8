using System.Runtime.InteropServices;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>The inverted file in a snapshot: keys in rising order, which number the terms; a list for each; and the terms of each document, in blocks.</summary>
/// <remarks>
/// A posting is the distance to the document before, shifted by one bit that says whether a frequency above 1 follows. Keys and places are kept in memory, lists and
/// blocks are read when they are asked for. Safe for use by several threads.
/// </remarks>
internal sealed class PackedPostings
{
    /// <summary>Documents whose terms stand together.</summary>
    public const int BlockSize = 32;

    private readonly SnapshotFile _file;
    private readonly ulong[] _keys;
    private readonly int[] _listStarts;
    private readonly int[] _blockStarts;
    private readonly long _lists;
    private readonly long _blocks;

    private PackedPostings(SnapshotFile file, int documents)
    {
        _file = file;
        DocumentCount = documents;
        int terms = file.Directory.ReadInt32();
        _keys = ReadArray<ulong>(terms);
        _listStarts = ReadArray<int>(terms + 1);
        _lists = file.Directory.ReadInt64();
        _blockStarts = ReadArray<int>(((documents + BlockSize - 1) / BlockSize) + 1);
        _blocks = file.Directory.ReadInt64();
    }

    /// <summary>How many terms there are.</summary>
    public int TermCount => _keys.Length;

    /// <summary>How many documents there are.</summary>
    public int DocumentCount { get; }

    /// <summary>Reads the description and the keys.</summary>
    public static PackedPostings Open(SnapshotFile file, int documents) => new(file, documents);

    /// <summary>The number of a term, or -1.</summary>
    public int Find(ulong key)
    {
        int number = _keys.AsSpan().BinarySearch(key);
        return number < 0 ? -1 : number;
    }

    /// <summary>The key of a term.</summary>
    public ulong KeyOf(int number) => _keys[number];

    /// <summary>Reads the list of a term, packed as <see cref="PostingList"/> packs it.</summary>
    public uint[] ReadList(int number)
    {
        Span<byte> bytes = Read(_lists + _listStarts[number], _listStarts[number + 1] - _listStarts[number], stackalloc byte[512]);
        int position = 0;
        uint[] entries = new uint[ByteList.Read(bytes, ref position)];
        uint document = uint.MaxValue;
        for (int i = 0; i < entries.Length; i++)
        {
            uint packed = ByteList.Read(bytes, ref position);
            document += packed >> 1;
            entries[i] = (document << 8) | ((packed & 1) == 0 ? 1u : bytes[position++]);
        }

        return entries;
    }

    /// <summary>Reads the terms of a document, each packed with its frequency.</summary>
    public uint[] ReadTerms(int document)
    {
        int block = document / BlockSize;
        Span<byte> bytes = Read(_blocks + _blockStarts[block], _blockStarts[block + 1] - _blockStarts[block], stackalloc byte[2048]);
        int position = 0;
        for (int before = document % BlockSize; before > 0; before--)
        {
            ReadTerms(bytes, ref position);
        }

        return ReadTerms(bytes, ref position);
    }

    /// <summary>Writes an inverted file.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="keys">The keys, rising.</param>
    /// <param name="listStarts">Where each list begins in <paramref name="lists"/>, and where the last one ends.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="blockStarts">Where each block begins in <paramref name="blocks"/>, and where the last one ends.</param>
    /// <param name="blocks">The terms of the documents.</param>
    public static void Write(
        SnapshotWriter writer, ReadOnlySpan<ulong> keys, ReadOnlySpan<int> listStarts, ByteList lists, ReadOnlySpan<int> blockStarts, ByteList blocks)
    {
        writer.Directory.Write(keys.Length);
        writer.Directory.Write(writer.Append(keys));
        writer.Directory.Write(writer.Append(listStarts));
        writer.Directory.Write(writer.Append(lists.Bytes));
        writer.Directory.Write(writer.Append(blockStarts));
        writer.Directory.Write(writer.Append(blocks.Bytes));
    }

    /// <summary>Appends a list.</summary>
    public static void Append(ByteList lists, ReadOnlySpan<uint> entries)
    {
        lists.Add((uint)entries.Length);
        uint before = uint.MaxValue;
        foreach (uint entry in entries)
        {
            AppendPacked(lists, unchecked((entry >> 8) - before), (byte)entry);
            before = entry >> 8;
        }
    }

    /// <summary>Appends the terms of the next document.</summary>
    public static void AppendTerms(ByteList blocks, ReadOnlySpan<uint> terms)
    {
        blocks.Add((uint)terms.Length);
        int before = 0;
        foreach (uint term in terms)
        {
            int number = (int)(term >> 8);
            int distance = number - before;
            AppendPacked(blocks, (uint)((distance << 1) ^ (distance >> 31)), (byte)term);
            before = number;
        }
    }

    private static uint[] ReadTerms(ReadOnlySpan<byte> bytes, ref int position)
    {
        uint[] terms = new uint[ByteList.Read(bytes, ref position)];
        int number = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            uint packed = ByteList.Read(bytes, ref position);
            uint distance = packed >> 1;
            number += (int)(distance >> 1) ^ -(int)(distance & 1);
            terms[i] = ((uint)number << 8) | ((packed & 1) == 0 ? 1u : bytes[position++]);
        }

        return terms;
    }

    private static void AppendPacked(ByteList target, uint distance, byte frequency)
    {
        target.Add((distance << 1) | (frequency == 1 ? 0u : 1u));
        if (frequency != 1)
        {
            target.Add([frequency]);
        }
    }

    private Span<byte> Read(long offset, int length, Span<byte> buffer)
    {
        Span<byte> bytes = length <= buffer.Length ? buffer[..length] : new byte[length];
        _file.Read(offset, bytes);
        return bytes;
    }

    private T[] ReadArray<T>(int length)
        where T : unmanaged
    {
        T[] array = new T[length];
        _file.Read(_file.Directory.ReadInt64(), MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }
}
