using System.IO.Hashing;
using System.Text;

namespace MemOS.Vaults.Sqlite;

/// <summary>A 64-bit checksum over the values of a row, so that a flipped bit in the file is seen when the row is read.</summary>
internal struct RowSum(long seed)
{
    private ulong _state = Mix((ulong)seed + 0x9E3779B97F4A7C15);

    public readonly long Value => (long)_state;

    public void Add(long value) => _state = Mix((_state * 0x9E3779B97F4A7C15) ^ (ulong)value);

    public void Add(long? value)
    {
        Add(value.HasValue ? 1L : 0L);
        Add(value ?? 0);
    }

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((long)bytes.Length);
        _state = XxHash3.HashToUInt64(bytes, (long)_state);
    }

    /// <summary>Adds a text as the UTF-8 that stands in the file; null differs from empty.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Add(-1L);
            return;
        }

        int capacity = text.Length * 3;
        Span<byte> buffer = capacity <= 768 ? stackalloc byte[capacity] : new byte[capacity];
        Add(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    /// <summary>Adds a text or blob column as it stands in the file.</summary>
    public void AddColumn(Statement row, int column)
    {
        if (row.IsNull(column))
        {
            Add(-1L);
        }
        else
        {
            Add(row.Bytes(column));
        }
    }

    /// <summary>Spreads a number over 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
