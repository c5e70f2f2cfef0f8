using System.Buffers.Binary;
using System.Collections;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Finds what is left of erased content in bytes: any run of <see cref="Window"/> bytes of it, or all of a shorter one of at least
/// <see cref="Shortest"/> bytes.
/// </summary>
/// <remarks>
/// Anchors of 8 bytes are noted at every 16th place of the content; a run of 24 bytes holds at least one. Scanning looks up the 8 bytes at every
/// place, behind a bit filter, and extends each hit to both sides, so that the cost is about one look-up per byte whatever the amount of content.
/// </remarks>
internal sealed class ResidueSearch
{
    /// <summary>The length of a run that counts as a residue, in bytes.</summary>
    public const int Window = 24;

    /// <summary>The shortest content that is looked for, in bytes; less says too little to be told from chance.</summary>
    public const int Shortest = 8;

    private const int Stride = 16;
    private const int FilterBits = 1 << 22;

    private readonly List<byte> _content = [];
    private readonly List<(int Start, int Length)> _pieces = [];
    private readonly List<(int Position, int Piece, int Next)> _anchors = [];
    private readonly Dictionary<ulong, int> _heads = [];
    private readonly HashSet<UInt128> _known = [];
    private readonly BitArray _filter = new(FilterBits);

    /// <summary>Bytes of content added.</summary>
    public int Length => _content.Count;

    /// <summary>Adds erased content.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        // Runs of one byte (spaces, zeros) occur everywhere.
        if (content.Length < Shortest || !content.ContainsAnyExcept(content[0]) || !_known.Add(XxHash128.HashToUInt128(content)))
        {
            return;
        }

        int start = _content.Count;
        _content.AddRange(content);
        _pieces.Add((start, content.Length));
        for (int i = 0; i + 8 <= content.Length; i += Stride)
        {
            AddAnchor(content, i, start);
        }
    }

    /// <summary>Marks the places of the content where a run begins that occurs in the data.</summary>
    public void Mark(ReadOnlySpan<byte> data, BitArray marks)
    {
        ReadOnlySpan<byte> content = CollectionsMarshal.AsSpan(_content);
        for (int i = 0; i + 8 <= data.Length; i++)
        {
            ulong key = BinaryPrimitives.ReadUInt64LittleEndian(data[i..]);
            if (!_filter[Slot(key)] || !_heads.TryGetValue(key, out int anchor))
            {
                continue;
            }

            for (; anchor >= 0; anchor = _anchors[anchor].Next)
            {
                Extend(content, data, i, _anchors[anchor].Position, _pieces[_anchors[anchor].Piece], marks);
            }
        }
    }

    /// <summary>Marks what occurs in a file.</summary>
    public void MarkFile(string path, BitArray marks)
    {
        // Chunks overlap by more than the reach of a hit to either side.
        const int Overlap = 2 * (Stride + Window);
        byte[] buffer = new byte[1 << 20];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            int kept = 0;
            int read;
            while ((read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0)
            {
                int filled = kept + read;
                Mark(buffer.AsSpan(0, filled), marks);
                kept = Math.Min(Overlap, filled);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            }
        }
        catch (FileNotFoundException)
        {
            // Removed since it was listed.
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, path);
        }
    }

    private static void Extend(ReadOnlySpan<byte> content, ReadOnlySpan<byte> data, int at, int position, (int Start, int Length) piece, BitArray marks)
    {
        int left = 0;
        while (left < Stride && position - left > piece.Start && at - left > 0 && content[position - left - 1] == data[at - left - 1])
        {
            left++;
        }

        int end = Math.Min(piece.Start + piece.Length, position + Stride + Window);
        int right = content[position..end].CommonPrefixLength(data[at..]);
        int needed = Math.Min(Window, piece.Length);
        for (int start = position - left; start + needed <= position + right; start++)
        {
            marks[start] = true;
        }
    }

    private static int Slot(ulong key) => (int)(RowSum.Mix(key) & (FilterBits - 1));

    private void AddAnchor(ReadOnlySpan<byte> piece, int offset, int start)
    {
        // A place with the same surroundings as an earlier one would find the same runs.
        int from = Math.Max(0, offset - Stride);
        int to = Math.Min(piece.Length, offset + Stride + Window);
        if (piece.Length >= Window && !_known.Add(XxHash128.HashToUInt128(piece[from..to], offset - from)))
        {
            return;
        }

        ulong key = BinaryPrimitives.ReadUInt64LittleEndian(piece[offset..]);
        int next = _heads.GetValueOrDefault(key, -1);
        _heads[key] = _anchors.Count;
        _anchors.Add((start + offset, _pieces.Count - 1, next));
        _filter[Slot(key)] = true;
    }
}
