using System.Runtime.InteropServices;
using MemOS.Operator.Recall.Vectors;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>The rough vectors in a snapshot, by page: scales, then steps.</summary>
internal sealed class PackedVectors
{
    private readonly SnapshotFile _file;
    private readonly int _count;
    private readonly long _offset;

    private PackedVectors(SnapshotFile file, int count)
    {
        _file = file;
        _count = count;
        Dimension = file.Directory.ReadInt32();
        _offset = file.Directory.ReadInt64();
    }

    /// <summary>The number of components; 0 when no document has a vector.</summary>
    public int Dimension { get; }

    /// <summary>The number of pages.</summary>
    public int PageCount => Dimension == 0 ? 0 : (_count + VectorPlanes.PageSize - 1) / VectorPlanes.PageSize;

    /// <summary>Reads the description.</summary>
    public static PackedVectors Open(SnapshotFile file, int count) => new(file, count);

    /// <summary>Reads a page, with room for all of its documents.</summary>
    public VectorPage Read(int page)
    {
        int size = NibbleKernel.BytesFor(Dimension);
        var read = new VectorPage(VectorPlanes.PageSize, size);
        int documents = Math.Min(VectorPlanes.PageSize, _count - (page * VectorPlanes.PageSize));
        long start = _offset + ((long)page * VectorPlanes.PageSize * (sizeof(float) + size));
        _file.Read(start, MemoryMarshal.AsBytes(read.Scales.AsSpan(0, documents)));
        _file.Read(start + (documents * sizeof(float)), read.Steps.AsSpan(0, documents * size));
        return read;
    }
}
