using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MemOS.Vaults;

/// <summary>Tells whether two texts are the same but for case, spaces and closing punctuation.</summary>
public static class TextIdentity
{
    /// <summary>The 64-bit XXH3 of the speaker and the normalised text: what engines look up for <see cref="IVaultReader.FindByText"/>. Two texts may share it by chance.</summary>
    /// <param name="speaker">Who said it; the same words of another speaker are another statement. Null for none.</param>
    /// <param name="text">The text.</param>
    public static long Hash(string? speaker, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int capacity = text.Length + (speaker?.Length ?? 0) + 1;
        char[] buffer = ArrayPool<char>.Shared.Rent(capacity);
        int length = Normalise(speaker, buffer);
        buffer[length++] = '\n';
        length += Normalise(text, buffer.AsSpan(length));
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(buffer.AsSpan(0, length)));
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        return (long)hash;
    }

    /// <summary>Whether two statements are the same by <see cref="Hash"/>'s rules, compared in full.</summary>
    public static bool Same(string? speaker, string text, string? otherSpeaker, string otherText)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(otherText);
        return Normalised(speaker ?? "") == Normalised(otherSpeaker ?? "") && Normalised(text) == Normalised(otherText);
    }

    private static string Normalised(string text)
    {
        char[] buffer = new char[text.Length];
        return new string(buffer, 0, Normalise(text, buffer));
    }

    private static int Normalise(string? text, Span<char> target)
    {
        int length = 0;
        bool space = false;
        foreach (char c in text.AsSpan().Trim().TrimEnd(".!?…"))
        {
            if (char.IsWhiteSpace(c))
            {
                space = true;
                continue;
            }

            if (space)
            {
                target[length++] = ' ';
                space = false;
            }

            target[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }
}
