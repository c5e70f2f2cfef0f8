using System.Security.Cryptography;

namespace MemOS.Cubes;

/// <summary>The address of payload bytes: their SHA-256 in 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash
{
    private readonly string? _value;

    private ContentHash(string value) => _value = value;

    /// <summary>The 64 digits; empty for the default value, which addresses nothing.</summary>
    public string Value => _value ?? "";

    /// <summary>Addresses the given bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Wraps a digest.</summary>
    /// <exception cref="ArgumentException">The digest does not have 32 bytes.</exception>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest) => digest.Length == SHA256.HashSizeInBytes
        ? new ContentHash(Convert.ToHexStringLower(digest))
        : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    /// <summary>Reads the form that <see cref="Value"/> has.</summary>
    public static bool TryParse(string? text, out ContentHash hash)
    {
        bool good = text is { Length: 64 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
        hash = good ? new ContentHash(text!) : default; // text is not null when good
        return good;
    }

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;
}
