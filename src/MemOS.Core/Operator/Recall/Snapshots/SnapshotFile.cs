using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>A snapshot whose checksum fits. Its sections are read when they are needed; it is never written again.</summary>
/// <remarks>Safe for use by several threads, <see cref="Directory"/> excepted. Little-endian.</remarks>
internal sealed class SnapshotFile : IDisposable
{
    /// <summary>Magic, place and length of the directory, checksum.</summary>
    public const int HeaderSize = 32;

    /// <summary>"MEMINDX1". The last character is the version of the format.</summary>
    public const ulong Magic = 0x31_58_44_4E_49_4D_45_4D;

    private const int ChunkSize = 1 << 16;

    private readonly SafeFileHandle _handle;

    private SnapshotFile(SafeFileHandle handle, byte[] directory)
    {
        _handle = handle;
        Directory = new BinaryReader(new MemoryStream(directory), Encoding.UTF8);
    }

    /// <summary>What describes the sections.</summary>
    public BinaryReader Directory { get; }

    /// <summary>Opens a snapshot. It owns the handle from then on.</summary>
    /// <returns>Null, and the handle is closed, when this is no whole snapshot of this format.</returns>
    public static SnapshotFile? TryOpen(SafeFileHandle handle)
    {
        SnapshotFile? file = null;
        try
        {
            return file = BitConverter.IsLittleEndian && TryReadDirectory(handle) is { } directory ? new SnapshotFile(handle, directory) : null;
        }
        catch (IOException)
        {
            return null;
        }
        finally
        {
            if (file is null)
            {
                handle.Dispose();
            }
        }
    }

    /// <summary>Reads a part of a section.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.StorageFailed"/>.</exception>
    public void Read(long offset, Span<byte> target)
    {
        try
        {
            while (!target.IsEmpty)
            {
                int read = RandomAccess.Read(_handle, target, offset);
                if (read == 0)
                {
                    throw new EndOfStreamException("The snapshot of the index was cut off while it was open.");
                }

                target = target[read..];
                offset += read;
            }
        }
        catch (IOException error)
        {
            throw new MemOSException(ErrorCodes.StorageFailed, $"Reading the snapshot of the index failed: {error.Message} Close the vault and open it again.", error);
        }
    }

    public void Dispose()
    {
        Directory.Dispose();
        _handle.Dispose();
    }

    private static byte[]? TryReadDirectory(SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (length < HeaderSize || RandomAccess.Read(handle, header, 0) < HeaderSize || BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
        {
            return null;
        }

        long start = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        long size = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        if (start < HeaderSize || size < 0 || size > Array.MaxLength || start > length - size || start + size != length)
        {
            return null;
        }

        var hash = new XxHash3();
        byte[] directory = new byte[size];
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        long position = HeaderSize;
        while (position < start)
        {
            int read = RandomAccess.Read(handle, chunk.AsSpan(0, (int)Math.Min(ChunkSize, start - position)), position);
            if (read == 0)
            {
                break;
            }

            hash.Append(chunk.AsSpan(0, read));
            position += read;
        }

        ArrayPool<byte>.Shared.Return(chunk);
        if (position < start || RandomAccess.Read(handle, directory, start) < size)
        {
            return null;
        }

        hash.Append(directory);
        hash.Append(header[..24]);
        return hash.GetCurrentHashAsUInt64() == BinaryPrimitives.ReadUInt64LittleEndian(header[24..]) ? directory : null;
    }
}
