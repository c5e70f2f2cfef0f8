using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.EmbedderBuilder.LinearAlgebra;
using MemOS.Models.BuiltIn;

namespace MemOS.EmbedderBuilder;

/// <summary>Writes tables in the format of <see cref="WordVectors"/>. Equal vectors are stored once.</summary>
internal sealed class TableWriter(int dimension, float unknownWeight, string notice)
{
    private readonly Dictionary<string, int> _rowOf = [];
    private readonly List<sbyte[]> _rows = [];
    private readonly List<float> _scales = [];
    private readonly SortedDictionary<ulong, uint> _entries = [];
    private int _longestSequence = 1;

    /// <summary>Adds a word or a sequence of words. The first vector for it stays.</summary>
    /// <param name="stems">Its stems.</param>
    /// <param name="vector">Its vector; a zero vector is not added.</param>
    /// <param name="weight">Its weight, 0 to 1.</param>
    public void Add(ReadOnlySpan<string> stems, ReadOnlySpan<float> vector, float weight)
    {
        float largest = 0;
        foreach (float component in vector)
        {
            largest = Math.Max(largest, Math.Abs(component));
        }

        ulong key = WordKey.Of(stems[0]);
        foreach (string stem in stems[1..])
        {
            key = WordKey.Append(key, WordKey.Of(stem));
        }

        if (largest > 0 && !_entries.ContainsKey(key))
        {
            sbyte[] row = new sbyte[dimension];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = (sbyte)MathF.Round(vector[i] / largest * 127);
            }

            _longestSequence = Math.Max(_longestSequence, stems.Length);
            _entries.Add(key, ((uint)Row(row, MathF.Sqrt(Rows.Dot(vector, vector))) << 8) | (uint)Math.Clamp(MathF.Round(weight * 255), 1, 255));
        }
    }

    /// <summary>The table.</summary>
    public byte[] ToArray()
    {
        int bits = Math.Max(1, BitOperations.Log2((uint)_entries.Count));
        int[] starts = new int[(1 << bits) + 1];
        foreach (ulong key in _entries.Keys)
        {
            starts[(int)(key >> (64 - bits)) + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        byte[] text = Encoding.UTF8.GetBytes(notice);
        using MemoryStream body = new();
        using BinaryWriter writer = new(body); // little-endian everywhere
        writer.Write(text);
        Array.ForEach(starts, writer.Write);
        foreach (ulong key in _entries.Keys)
        {
            writer.Write((uint)key);
        }

        foreach (uint entry in _entries.Values)
        {
            writer.Write(entry);
        }

        _scales.ForEach(writer.Write);
        _rows.ForEach(row => writer.Write(MemoryMarshal.AsBytes<sbyte>(row)));
        writer.Flush();

        byte[] table = new byte[WordVectors.HeaderSize + body.Length];
        WordVectors.Magic.CopyTo(table);
        int at = WordVectors.Magic.Length;
        foreach (int number in (ReadOnlySpan<int>)[dimension, _rows.Count, _entries.Count, bits, text.Length, _longestSequence])
        {
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(at), number);
            at += sizeof(int);
        }

        BinaryPrimitives.WriteSingleLittleEndian(table.AsSpan(at), unknownWeight);
        body.ToArray().CopyTo(table, WordVectors.HeaderSize);
        WordVectors.ComputeHash(table).CopyTo(table, WordVectors.HashOffset);
        return table;
    }

    private int Row(sbyte[] row, float length)
    {
        string bytes = Convert.ToBase64String(MemoryMarshal.AsBytes<sbyte>(row));
        if (!_rowOf.TryGetValue(bytes, out int place))
        {
            double squares = 0;
            foreach (sbyte component in row)
            {
                squares += component * component;
            }

            place = _rows.Count;
            _rowOf.Add(bytes, place);
            _rows.Add(row);
            _scales.Add(length / MathF.Sqrt((float)squares));
        }

        return place;
    }
}
