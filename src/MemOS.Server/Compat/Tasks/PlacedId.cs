using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MemOS.Vaults;

namespace MemOS.Server.Compat.Tasks;

/// <summary>
/// An id that says where its thing lies: a UUID of version 8 (RFC 9562) out of 48 bits of the hash of a vault's name, 14 bits and 60 bits. Nothing has to be kept to
/// resolve it, after a restart either. It gives no right: whoever shows one sees what its key opens.
/// </summary>
/// <param name="Place">The hash of the vault's name, 48 bits.</param>
/// <param name="Low">0 to 16,383.</param>
/// <param name="High">0 to 2^60 - 1.</param>
internal readonly record struct PlacedId(ulong Place, int Low, long High)
{
    /// <summary>The hash of a vault's name.</summary>
    public static ulong PlaceOf(VaultId vault) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(vault.Value.AsSpan())) >> 16;

    /// <summary>Reads what <see cref="ToString"/> writes; false for anything else.</summary>
    public static bool TryParse(string text, out PlacedId id)
    {
        id = default;
        if (!Guid.TryParseExact(text, "D", out Guid value) || value.Version != 8)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        ulong head = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        ulong tail = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & ((1UL << 62) - 1);
        id = new PlacedId(head >> 16, (int)((head & 0xFFF) << 2 | tail >> 60), (long)(tail & ((1UL << 60) - 1)));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Place << 16 | 0x8000 | (ulong)Low >> 2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 1UL << 63 | ((ulong)Low & 3) << 60 | (ulong)High);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
