using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// A verbatim text in a column: UTF-8 as TEXT, or, where it holds half of a surrogate pair and so has no UTF-8, its UTF-16 as BLOB.
/// </summary>
internal static class StoredText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Binds the text and adds what is stored to the checksum.</summary>
    public static void Bind(Statement statement, int index, string text, ref RowSum sum)
    {
        byte[]? rented = null;
        Span<byte> buffer = text.Length <= 512 ? stackalloc byte[1536] : (rented = ArrayPool<byte>.Shared.Rent(text.Length * 3));
        try
        {
            if (TryEncode(text, buffer, out int length))
            {
                statement.BindUtf8(index, buffer[..length]);
                sum.Add(buffer[..length]);
            }
            else
            {
                ReadOnlySpan<byte> utf16 = MemoryMarshal.AsBytes(text.AsSpan());
                statement.Bind(index, utf16);
                sum.Add(utf16);
            }
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    public static string Read(Statement row, int column) => row.IsBlob(column)
        ? new string(MemoryMarshal.Cast<byte, char>(row.Bytes(column)))
        : row.Text(column);

    private static bool TryEncode(string text, Span<byte> buffer, out int length)
    {
        try
        {
            length = s_strict.GetBytes(text, buffer);
            return true;
        }
        catch (EncoderFallbackException)
        {
            length = 0;
            return false;
        }
    }
}
