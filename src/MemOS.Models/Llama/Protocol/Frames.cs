using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemOS.Models.Llama.Protocol;

/// <summary>Messages on a stream: two lengths of four bytes, little-endian, then that much JSON and that much payload.</summary>
internal static class Frames
{
    /// <summary>No message of this protocol is larger; a length above it means that the stream is not one.</summary>
    public const int MostBytes = 1 << 30;

    private const int LengthBytes = 8;

    public static byte[] Pack<T>(T message, JsonTypeInfo<T> type, ReadOnlySpan<byte> payload)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        byte[] frame = new byte[LengthBytes + json.Length + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), payload.Length);
        json.CopyTo(frame.AsSpan(LengthBytes));
        payload.CopyTo(frame.AsSpan(LengthBytes + json.Length));
        return frame;
    }

    /// <summary>Reads a message, or nothing where the stream ended between messages.</summary>
    /// <exception cref="EndOfStreamException">It ended within one.</exception>
    /// <exception cref="InvalidDataException">It is no message.</exception>
    public static async Task<(T Message, byte[] Payload)?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        byte[] lengths = new byte[LengthBytes];
        int read = await stream.ReadAtLeastAsync(lengths, LengthBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        int json = BinaryPrimitives.ReadInt32LittleEndian(lengths), payload = BinaryPrimitives.ReadInt32LittleEndian(lengths.AsSpan(4));
        if (read < LengthBytes || json is <= 0 or > MostBytes || payload is < 0 or > MostBytes)
        {
            throw new InvalidDataException("The other side does not speak this protocol.");
        }

        byte[] text = new byte[json], bytes = new byte[payload];
        await stream.ReadExactlyAsync(text, cancellationToken).ConfigureAwait(false);
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        try
        {
            return (JsonSerializer.Deserialize(text, type) ?? throw new InvalidDataException("The message is empty."), bytes);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The message is not one of this protocol.", exception);
        }
    }
}
