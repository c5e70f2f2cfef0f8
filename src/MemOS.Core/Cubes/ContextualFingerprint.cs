using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MemOS.Cubes;

/// <summary>128 bits that stand for the context a memory was made in, for a quick match before full retrieval (paper, behavioural indicators).</summary>
/// <remarks>A SimHash: contexts that share most of their words differ in few bits. Unrelated ones differ in about 64.</remarks>
/// <param name="Bits">The bits.</param>
public readonly record struct ContextualFingerprint(UInt128 Bits)
{
    /// <summary>Computes the fingerprint of a context.</summary>
    /// <param name="terms">The words of the context, in any order; repeated words weigh more.</param>
    public static ContextualFingerprint Of(IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Span<int> votes = stackalloc int[128];
        foreach (string term in terms)
        {
            UInt128 hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(term.AsSpan()));
            for (int bit = 0; bit < 128; bit++)
            {
                votes[bit] += (hash >> bit & 1) == 1 ? 1 : -1;
            }
        }

        UInt128 bits = 0;
        for (int bit = 0; bit < 128; bit++)
        {
            if (votes[bit] > 0)
            {
                bits |= UInt128.One << bit;
            }
        }

        return new ContextualFingerprint(bits);
    }

    /// <summary>How alike two contexts are, from 0 (no more than chance) to 1 (the same bits).</summary>
    public double Similarity(ContextualFingerprint other)
    {
        UInt128 difference = Bits ^ other.Bits;
        int distance = BitOperations.PopCount((ulong)(difference >> 64)) + BitOperations.PopCount((ulong)difference);
        return Math.Max(0, 1 - (distance / 64.0));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out ContextualFingerprint fingerprint)
    {
        bool parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 bits) && text!.Length == 32; // parsed text is not null
        fingerprint = parsed ? new ContextualFingerprint(bits) : default;
        return parsed;
    }
}
