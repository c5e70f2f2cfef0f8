using System.Buffers;
using MemOS.Cubes;

namespace MemOS.Transfer;

/// <summary>Puts the parts of a payload in an export together. Held in memory: a KV state has tens of megabytes.</summary>
internal sealed class PayloadAssembly(ContentHash hash, long length)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public bool IsComplete => _bytes.WrittenCount >= length;

    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when the part does not follow the one before it.</exception>
    public void Add(PackageFields part, ContentHash of)
    {
        if (of != hash || part.Number("at") != _bytes.WrittenCount)
        {
            throw part.Invalid("at", $"does not continue payload {hash}");
        }

        try
        {
            _bytes.Write(Convert.FromBase64String(part.Required("bytes")));
        }
        catch (FormatException exception)
        {
            throw part.Invalid("bytes", "must be base64", exception);
        }
    }

    /// <summary>The bytes, from the start.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when they do not have their hash.</exception>
    public byte[] Bytes(PackageFields part) => _bytes.WrittenCount == length && ContentHash.Of(_bytes.WrittenSpan) == hash
        ? _bytes.WrittenSpan.ToArray()
        : throw part.Invalid("bytes", $"do not have the hash {hash}: the file is damaged");
}
