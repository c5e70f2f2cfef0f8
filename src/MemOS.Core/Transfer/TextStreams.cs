using System.Text;

namespace MemOS.Transfer;

/// <summary>Reads text of files without ever putting something else in the place of bytes that are no text.</summary>
internal static class TextStreams
{
    private static readonly Encoding s_strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding s_marking = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\u0001"));

    /// <summary>Reads lines of JSON. Bytes that are no UTF-8 become a control character, which JSON does not allow: the line that they stand in is found to be none.</summary>
    public static StreamReader Lines(Stream stream) => new(stream, s_marking, leaveOpen: true);

    /// <summary>Reads a whole text: UTF-8, or UTF-16 with a byte order mark.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: it is not.</exception>
    public static async Task<string> ReadAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        try
        {
            using StreamReader reader = new(stream, s_strict, leaveOpen: true);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException exception)
        {
            throw TransferErrors.Invalid(path, TransferErrors.NoText, exception);
        }
    }
}
