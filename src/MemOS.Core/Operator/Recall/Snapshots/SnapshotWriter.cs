using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>Writes a snapshot: sections one after another, then a directory that says where they lie, with a checksum over all of it.</summary>
/// <param name="stream">An empty stream that can seek.</param>
internal sealed class SnapshotWriter(Stream stream) : IDisposable
{
    private readonly MemoryStream _directory = new();
    private readonly XxHash3 _hash = new();
    private long _position = SnapshotFile.HeaderSize;
    private BinaryWriter? _writer;

    /// <summary>What describes the sections, in the order in which <see cref="SnapshotFile.Directory"/> reads it.</summary>
    public BinaryWriter Directory => _writer ??= new BinaryWriter(_directory, Encoding.UTF8);

    /// <summary>Appends a section and returns where it begins.</summary>
    public long Append<T>(ReadOnlySpan<T> section)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(section);
        long start = _position;
        if (start == SnapshotFile.HeaderSize)
        {
            stream.Position = start;
        }

        stream.Write(bytes);
        _hash.Append(bytes);
        _position += bytes.Length;
        return start;
    }

    /// <summary>Writes the directory and, last, the header.</summary>
    public void Complete()
    {
        Directory.Flush();
        long directory = Append<byte>(_directory.GetBuffer().AsSpan(0, (int)_directory.Length));
        Span<byte> header = stackalloc byte[SnapshotFile.HeaderSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, SnapshotFile.Magic);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], directory);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], _directory.Length);
        _hash.Append(header[..24]);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], _hash.GetCurrentHashAsUInt64());
        stream.Position = 0;
        stream.Write(header);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _directory.Dispose();
    }
}
