using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MemOS.Vaults.Sqlite;

/// <summary>Vectors as rows: 16-bit floats, little-endian, under space and sequence.</summary>
/// <remarks>
/// Rounding to 11 significant bits changes a component of a unit vector by at most 2^-12 of itself (2^-25 below 6e-5), hence a cosine by at most
/// 2.5e-4.
/// </remarks>
internal static class VectorRows
{
    /// <summary>The key of a vector row.</summary>
    public static long Key(long space, long sequence) => (space << 40) | sequence;

    /// <summary>The checksum of a vector row so far: its key and the name of its space, since a damaged name would hide all of its vectors.</summary>
    public static RowSum Begin(long key, string space)
    {
        var sum = new RowSum(key);
        sum.Add(space);
        return sum;
    }

    public static void Bind(Statement statement, int index, ReadOnlySpan<float> values, ref RowSum sum)
    {
        Half[] halves = ArrayPool<Half>.Shared.Rent(values.Length);
        TensorPrimitives.ConvertToHalf(values, halves);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(halves.AsSpan(0, values.Length));
        statement.Bind(index, bytes);
        sum.Add(bytes);
        ArrayPool<Half>.Shared.Return(halves);
    }

    /// <summary>Reads a vector from the key, value and sum columns that begin at the given one.</summary>
    public static float[] Decode(Statement row, int column, string space, string file)
    {
        ReadOnlySpan<byte> bytes = Checked(row, column, space, file);
        var values = new float[bytes.Length / 2];
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
        return values;
    }

    /// <summary>Reads a vector into a buffer; false when it has another length.</summary>
    public static bool TryDecode(Statement row, int column, string space, string file, Span<float> values)
    {
        ReadOnlySpan<byte> bytes = Checked(row, column, space, file);
        if (bytes.Length != values.Length * 2)
        {
            return false;
        }

        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
        return true;
    }

    private static ReadOnlySpan<byte> Checked(Statement row, int column, string space, string file)
    {
        ReadOnlySpan<byte> bytes = row.Bytes(column + 1);
        RowSum sum = Begin(row.Int64(column), space);
        sum.Add(bytes);
        return sum.Value == row.Int64(column + 2)
            ? bytes
            : throw SqliteErrors.Corrupted(file, $"the vector of version {row.Int64(column) & ((1L << 40) - 1)} does not have its checksum");
    }
}
