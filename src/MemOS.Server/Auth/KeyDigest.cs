using System.Security.Cryptography;
using System.Text;

namespace MemOS.Server.Auth;

/// <summary>The SHA-256 of keys. A key has 256 random bits, so it needs no slow hash.</summary>
internal static class KeyDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const int MostOnStack = 1024;

    /// <summary>Computes the digest of a key.</summary>
    /// <param name="key">A text that is offered as a key.</param>
    /// <param name="digest">Gets <see cref="Size"/> bytes.</param>
    public static void Compute(ReadOnlySpan<char> key, Span<byte> digest)
    {
        int most = Encoding.UTF8.GetMaxByteCount(key.Length);
        Span<byte> bytes = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], digest);
    }
}
