using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Turns a vault id into a folder name that every file system takes, one to one even where case does not count: small letters, digits, '_' and '-'
/// stand for themselves, every other byte of the UTF-8 is '%' and two digits.
/// </summary>
/// <remarks>A name over 160 characters is cut and ends in '~' and the SHA-256 of the id; such a folder holds the id in a file of its own.</remarks>
internal static class VaultFolderName
{
    private const int Longest = 160;
    private const int Kept = 80;

    // Windows takes these, with or without an extension, for devices.
    private static readonly HashSet<string> s_reserved =
    [
        "con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" }),
    ];

    public static string Encode(VaultId id)
    {
        var name = new StringBuilder();
        bool reserved = s_reserved.Contains(id.Value);
        foreach (byte value in Encoding.UTF8.GetBytes(id.Value))
        {
            bool plain = value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'-';
            if (plain && !(reserved && name.Length == 0))
            {
                name.Append((char)value);
            }
            else
            {
                name.Append('%').Append(Convert.ToHexStringLower([value]));
            }
        }

        return name.Length <= Longest
            ? name.ToString()
            : name.ToString(0, Kept) + "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.Value)));
    }

    /// <summary>Whether a name was cut, so that the id cannot be read out of it.</summary>
    public static bool IsCut(string name) => name.Contains('~');

    /// <summary>Reads a name back; false for a folder that is no vault's.</summary>
    public static bool TryDecode(string name, out VaultId id)
    {
        var bytes = new List<byte>(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != '%')
            {
                bytes.Add((byte)name[i]);
            }
            else if (i + 2 < name.Length && byte.TryParse(name.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out byte value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                id = default;
                return false;
            }
        }

        return VaultId.TryParse(Encoding.UTF8.GetString([.. bytes]), out id) && Encode(id) == name;
    }
}
