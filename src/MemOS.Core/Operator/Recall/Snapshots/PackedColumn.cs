using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>A column in a snapshot: numbers in as few bytes each as their range needs, 16-byte values as they are. Read when its first value is asked for.</summary>
/// <remarks>Number = base + step × stored; stored 0 stands for a missing time where there are any. Safe for use by several threads.</remarks>
internal sealed class PackedColumn
{
    private const int ChunkSize = 1 << 13;
    private const long Missing = Indexing.Columns.NoTime;
    private static readonly byte[] s_nothing = new byte[16];

    private readonly SnapshotFile _file;
    private readonly int _count;
    private readonly int _width;
    private readonly bool _hasMissing;
    private readonly long _base;
    private readonly long _step;
    private readonly long _offset;
    private readonly ulong _mask;
    private byte[]? _bytes;

    private PackedColumn(SnapshotFile file, int count)
    {
        _file = file;
        _count = count;
        _width = file.Directory.ReadByte();
        _hasMissing = file.Directory.ReadBoolean();
        _base = file.Directory.ReadInt64();
        _step = file.Directory.ReadInt64();
        _offset = file.Directory.ReadInt64();
        _mask = _width >= 8 ? ulong.MaxValue : (1UL << (8 * _width)) - 1;
    }

    /// <summary>The bytes that it takes in memory now.</summary>
    public long LoadedBytes => Volatile.Read(ref _bytes)?.Length ?? 0;

    /// <summary>Reads the description of a column of so many values.</summary>
    public static PackedColumn Open(SnapshotFile file, int count) => new(file, count);

    /// <summary>The value of a document.</summary>
    public T Get<T>(int document)
        where T : unmanaged => Decode<T>(ref (Volatile.Read(ref _bytes) ?? Load())[(nint)document * _width]);

    /// <summary>The value of a document, read alone unless all are in memory: for the few that a search returns.</summary>
    public T Pick<T>(int document)
        where T : unmanaged
    {
        if (Volatile.Read(ref _bytes) is { } loaded)
        {
            return Decode<T>(ref loaded[(nint)document * _width]);
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        ReadBytes(document, bytes[.._width]);
        return Decode<T>(ref bytes[0]);
    }

    /// <summary>Reads all values, and keeps nothing.</summary>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        Span<byte> bytes = stackalloc byte[ChunkSize + 8];
        bytes.Clear();
        int most = ChunkSize / Math.Max(1, _width);
        for (int first = 0; first < _count; first += most)
        {
            int count = Math.Min(most, _count - first);
            ReadBytes(first, bytes[..(count * _width)]);
            for (int i = 0; i < count; i++)
            {
                target[first + i] = Decode<T>(ref bytes[i * _width]);
            }
        }
    }

    /// <summary>Writes a column.</summary>
    public static void Write<T>(SnapshotWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 16)
        {
            bool isEmpty = !MemoryMarshal.AsBytes(values).ContainsAnyExcept((byte)0);
            Describe(writer, isEmpty ? 0 : 16, false, 0, 0, isEmpty ? 0 : writer.Append(values));
            return;
        }

        (long least, long largest, ulong step, bool hasMissing) = Survey(values);
        ulong range = ((ulong)(largest - least) / step) + (hasMissing ? 1UL : 0);
        int width = (64 - System.Numerics.BitOperations.LeadingZeroCount(range) + 7) / 8;
        byte[] bytes = new byte[((long)values.Length * width) + 8];
        for (int i = 0; i < values.Length && width > 0; i++)
        {
            long value = ToInt64(values[i]);
            ulong stored = hasMissing && value == Missing ? 0 : ((ulong)(value - least) / step) + (hasMissing ? 1UL : 0);
            Unsafe.WriteUnaligned(ref bytes[(long)i * width], stored); // the next value overwrites what is too much
        }

        long origin = hasMissing ? unchecked(least - (long)step) : least;
        Describe(writer, width, hasMissing, origin, (long)step, width == 0 ? 0 : writer.Append<byte>(bytes.AsSpan(0, bytes.Length - 8)));
    }

    private static void Describe(SnapshotWriter writer, int width, bool hasMissing, long origin, long step, long offset)
    {
        writer.Directory.Write((byte)width);
        writer.Directory.Write(hasMissing);
        writer.Directory.Write(origin);
        writer.Directory.Write(step);
        writer.Directory.Write(offset);
    }

    private static (long Least, long Largest, ulong Step, bool HasMissing) Survey<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        long least = long.MaxValue;
        long largest = long.MinValue;
        bool hasMissing = false;
        ulong step = 0;
        long first = 0;
        bool any = false;
        foreach (T element in values)
        {
            long value = ToInt64(element);
            if (typeof(T) == typeof(long) && value == Missing)
            {
                hasMissing = true;
                continue;
            }

            first = any ? first : value;
            any = true;
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
            step = step == 1 ? 1 : Divisor(step, value >= first ? (ulong)(value - first) : (ulong)(first - value));
        }

        return any ? (least, largest, Math.Max(1, step), hasMissing) : (0, 0, 1, hasMissing);
    }

    private static ulong Divisor(ulong left, ulong right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Decode<T>(ref byte stored)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 16)
        {
            return Unsafe.ReadUnaligned<T>(ref stored);
        }

        ulong number = Unsafe.ReadUnaligned<ulong>(ref stored) & _mask;
        return FromInt64<T>(_hasMissing && number == 0 ? Missing : unchecked(_base + (_step * (long)number)));
    }

    private byte[] Load() => Interlocked.CompareExchange(ref _bytes, ReadBytes(), null) ?? _bytes;

    private byte[] ReadBytes()
    {
        if (_width == 0)
        {
            return s_nothing;
        }

        // Eight bytes are read for each value: room for the last one.
        byte[] bytes = new byte[((long)_count * _width) + 8];
        _file.Read(_offset, bytes.AsSpan(0, bytes.Length - 8));
        return bytes;
    }

    private void ReadBytes(int first, Span<byte> target)
    {
        if (_width > 0)
        {
            _file.Read(_offset + ((long)first * _width), target);
        }
    }

    private static long ToInt64<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(long) ? Unsafe.BitCast<T, long>(value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<T, int>(value)
        : typeof(T) == typeof(ushort) ? Unsafe.BitCast<T, ushort>(value)
        : typeof(T) == typeof(sbyte) ? Unsafe.BitCast<T, sbyte>(value)
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(value)
        : throw new NotSupportedException($"No column holds values of the type {typeof(T).Name}.");

    private static T FromInt64<T>(long value)
        where T : unmanaged =>
        typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(ushort) ? Unsafe.BitCast<ushort, T>((ushort)value)
        : typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : Unsafe.BitCast<byte, T>((byte)value);
}
