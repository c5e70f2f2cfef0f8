using System.Runtime.InteropServices;

namespace MemOS.Models.BuiltIn;

/// <summary>Turns terms and sequences of terms into 64-bit keys, so that a table of vectors holds no words.</summary>
/// <remarks>Part of the format of <see cref="WordVectors"/>: whoever changes it gives that format a new number.</remarks>
internal static class WordKey
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    /// <summary>The key of a term.</summary>
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

        return Mix(hash ^ tail, Second);
    }

    /// <summary>The key of a sequence of terms with one more at its end.</summary>
    public static ulong Append(ulong sequence, ulong term) => Mix((sequence << 1) ^ (sequence >> 63) ^ First, term ^ Second);

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
