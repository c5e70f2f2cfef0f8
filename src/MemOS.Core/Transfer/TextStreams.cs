using System.Text;

namespace MemOS.Transfer;

/// <summary>Reads text of files without ever putting something else in the place of bytes that are no text.</summary>
/// <remarks>No reader is left to follow a byte order mark by itself: it would go on with an encoding that replaces what it cannot read.</remarks>
internal static class TextStreams
{
    private static readonly Encoding[] s_marked = [new UTF8Encoding(true, true), new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true)];
    private static readonly Encoding s_marking = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\u0001"));

    /// <summary>Reads lines of JSON. Bytes that are no UTF-8 become a control character, which JSON does not allow: the line that they stand in is found to be none.</summary>
    public static StreamReader Lines(Stream stream) => new(stream, s_marking, detectEncodingFromByteOrderMarks: false, leaveOpen: true);

    /// <summary>Reads a whole text: UTF-8, or UTF-16 with a byte order mark.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: it is not.</exception>
    public static async Task<string> ReadAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return Decode(copy.GetBuffer().AsSpan(0, (int)copy.Length), path);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            foreach (Encoding encoding in s_marked)
            {
                if (bytes.StartsWith(encoding.Preamble))
                {
                    return encoding.GetString(bytes[encoding.Preamble.Length..]);
                }
            }

            return s_marked[0].GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw TransferErrors.Invalid(path, TransferErrors.NoText, exception);
        }
    }
}
