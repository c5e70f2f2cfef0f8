using System.Runtime.InteropServices;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>
/// Turns terms into 64-bit keys, so that the index holds no words. Two words of a million share a key with a chance of about 3 in 10^8; the harm
/// would be one false match.
/// </summary>
internal static class TermKey
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    /// <summary>The salt of words.</summary>
    public const ulong Word = 0;

    /// <summary>The salt of the first word of a speaker's name.</summary>
    public const ulong Speaker = 0xA24BAED4963EE407;

    /// <summary>The salt of an entity: a sequence of words.</summary>
    public const ulong Entity = 0x8CB92BA72F3D8DD7;

    /// <summary>The key of a term; never 0.</summary>
    public static ulong Of(ReadOnlySpan<char> term)
    {
        ulong hash = (ulong)term.Length * Second;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(term);
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes), First);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong tail = 0;
        foreach (byte b in bytes)
        {
            tail = (tail << 8) | b;
        }

        return Final(Mix(hash ^ tail, Second));
    }

    /// <summary>The key of the same term in another table.</summary>
    public static ulong Salted(ulong key, ulong salt) => Final(Mix(key ^ salt, First));

    /// <summary>Appends a term to a sequence of terms.</summary>
    public static ulong Append(ulong sequence, ulong key) => Mix((sequence << 1) + key, Second);

    private static ulong Final(ulong hash) => hash == 0 ? 1 : hash;

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
