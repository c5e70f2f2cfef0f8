using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MemOS.Text;

namespace MemOS.Models.BuiltIn;

/// <summary>A table of word vectors, read where it lies: nothing is copied or built when it is opened.</summary>
/// <remarks>
/// Format 1, little-endian. Header of <see cref="HeaderSize"/> bytes: magic, dimension, rows, keys, bits of the bucket number, bytes of the licence notice,
/// terms of the longest sequence, weight of unknown words (float), 28 bytes reserved, SHA-256 of all other bytes. Then the notice (UTF-8), the start of each
/// bucket (2^bits + 1 integers), the lower half of each key, by bucket, an entry for each key (row in the upper 24 bits, weight in the lower 8, in 1/255),
/// a scale for each row (float, makes its length 1), the rows (signed bytes). Immutable; safe for use from several threads.
/// </remarks>
internal sealed class WordVectors
{
    /// <summary>Bytes before the notice.</summary>
    public const int HeaderSize = 96;

    /// <summary>Where the hash stands in the header.</summary>
    public const int HashOffset = 64;

    /// <summary>The dimension is a multiple of this, so that rows are read in whole steps.</summary>
    public const int DimensionStep = 32;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _rows;
    private readonly int _keys;
    private readonly int _bucketBits;
    private readonly int _noticeLength;
    private readonly int _bucketsAt;
    private readonly int _keysAt;
    private readonly int _entriesAt;
    private readonly int _scalesAt;
    private readonly int _rowsAt;

    /// <summary>Reads the header.</summary>
    /// <param name="data">The table; must stay readable and unchanged as long as this is used.</param>
    /// <exception cref="InvalidDataException">It is not a table of this format, or it is cut off.</exception>
    public WordVectors(ReadOnlyMemory<byte> data)
    {
        _data = data;
        ReadOnlySpan<byte> header = data.Span;
        if (header.Length < HeaderSize || !header.StartsWith(Magic))
        {
            throw new InvalidDataException("This is not a table of word vectors of format 1.");
        }

        Dimension = Number(8);
        _rows = Number(12);
        _keys = Number(16);
        _bucketBits = Number(20);
        _noticeLength = Number(24);
        LongestSequence = Number(28);
        UnknownWeight = BinaryPrimitives.ReadSingleLittleEndian(header[32..]);
        _bucketsAt = HeaderSize + _noticeLength;
        _keysAt = _bucketsAt + (((1 << _bucketBits) + 1) * sizeof(uint));
        _entriesAt = _keysAt + (_keys * sizeof(uint));
        _scalesAt = _entriesAt + (_keys * sizeof(uint));
        _rowsAt = _scalesAt + (_rows * sizeof(float));
        if (Dimension % DimensionStep != 0 || data.Length != _rowsAt + ((long)_rows * Dimension))
        {
            throw new InvalidDataException($"A table of word vectors is cut off or damaged: it has {data.Length} bytes.");
        }
    }

    /// <summary>The first bytes of a table.</summary>
    public static ReadOnlySpan<byte> Magic => "MEMOSWV1"u8;

    /// <summary>Components of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Terms of the longest sequence that the table knows.</summary>
    public int LongestSequence { get; }

    /// <summary>The weight of a word that is not in the table.</summary>
    public float UnknownWeight { get; }

    /// <summary>Bytes of the table.</summary>
    public int Length => _data.Length;

    /// <summary>Distinct vectors.</summary>
    public int Rows => _rows;

    /// <summary>Words and sequences of words.</summary>
    public int Keys => _keys;

    /// <summary>The notice under which the table may be passed on.</summary>
    public string Notice => Encoding.UTF8.GetString(_data.Span.Slice(HeaderSize, _noticeLength));

    /// <summary>SHA-256 of all bytes but the hash itself, as it was written.</summary>
    public ReadOnlySpan<byte> Hash => _data.Span.Slice(HashOffset, 32);

    /// <summary>The name of the embedding space: it changes with any byte of the table, and with the terms that texts are cut into.</summary>
    public string Space => string.Create(CultureInfo.InvariantCulture, $"memos-wordnet-{Convert.ToHexStringLower(Hash[..8])}.{TextAnalyzer.Version}/{Dimension}");

    /// <summary>Looks up a key of <see cref="WordKey"/>.</summary>
    /// <returns>The entry to give to <see cref="Add"/>, or -1.</returns>
    public long Find(ulong key)
    {
        ReadOnlySpan<byte> data = _data.Span;
        int bucket = (int)(key >> (64 - _bucketBits));
        int at = Unsigned(data, _bucketsAt, bucket);
        int end = Unsigned(data, _bucketsAt, bucket + 1);
        for (; at < end; at++)
        {
            if (Unsigned(data, _keysAt, at) == (int)(uint)key)
            {
                return (uint)Unsigned(data, _entriesAt, at);
            }
        }

        return -1;
    }

    /// <summary>Adds the vector of an entry to a sum, by its weight.</summary>
    public void Add(long entry, float factor, Span<float> sum)
    {
        int row = (int)(entry >> 8);
        float weight = (entry & 0xFF) * (1f / 255);
        float scale = MemoryMarshal.Read<float>(_data.Span[(_scalesAt + (row * sizeof(float)))..]);
        SignedBytes.AddScaled(MemoryMarshal.Cast<byte, sbyte>(_data.Span.Slice(_rowsAt + (row * Dimension), Dimension)), weight * scale * factor, sum);
    }

    /// <summary>Computes the hash of a table.</summary>
    public static byte[] ComputeHash(ReadOnlySpan<byte> table)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(table[..HashOffset]);
        hash.AppendData(table[HeaderSize..]);
        return hash.GetHashAndReset();
    }

    // The table lies at any address, so numbers are read as unaligned ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Unsigned(ReadOnlySpan<byte> data, int start, int index) => BinaryPrimitives.ReadInt32LittleEndian(data[(start + (index * sizeof(uint)))..]);

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(_data.Span[at..]) is >= 0 and var number
        ? number
        : throw new InvalidDataException("The header of a table of word vectors is damaged.");
}
