using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MemOS.Server.Auth;

/// <summary>The key that opens everything on this server. Kept in a file that only its owner may read.</summary>
internal sealed class AdminKey
{
    private const int ShortestKey = 24;
    private readonly string _key;
    private readonly byte[] _digest = new byte[KeyDigest.Size];

    private AdminKey(string key, string file, bool isNew)
    {
        (_key, File, IsNew) = (key, file, isNew);
        KeyDigest.Compute(key, _digest);
    }

    /// <summary>The file that holds the key.</summary>
    public string File { get; }

    /// <summary>Whether the key was made now.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the key of a data folder, making folder and key when they do not exist.</summary>
    /// <exception cref="IOException">The file holds no usable key. Nothing is ever open for want of a key.</exception>
    public static AdminKey LoadOrCreate(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        string file = Path.Combine(Path.GetFullPath(dataFolder), "admin.key");
        if (System.IO.File.Exists(file))
        {
            return Load(file);
        }

        // Moving a complete file into its place would do, were it refused when there is one; on Unix it is not always.
        using FileStream makers = OwnerFile.Lock($"{file}.lock");
        return System.IO.File.Exists(file) ? Load(file) : Create(file);
    }

    /// <summary>Whether a text is the key. Takes the same time whatever the text.</summary>
    public bool Matches(ReadOnlySpan<char> offered)
    {
        Span<byte> digest = stackalloc byte[KeyDigest.Size];
        KeyDigest.Compute(offered, digest);
        return CryptographicOperations.FixedTimeEquals(digest, _digest);
    }

    /// <summary>The key itself, to be shown to who started the server.</summary>
    public string Reveal() => _key;

    private static AdminKey Create(string file)
    {
        string key = $"memos-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        string draft = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        OwnerFile.Write(draft, Encoding.ASCII.GetBytes(key + "\n"));
        System.IO.File.Move(draft, file, overwrite: false);
        return new AdminKey(key, file, isNew: true);
    }

    private static AdminKey Load(string file)
    {
        OwnerFile.Protect(file);
        string key = System.IO.File.ReadAllText(file).Trim();
        return key.Length >= ShortestKey && key.All(c => c is > ' ' and < '\x7f')
            ? new AdminKey(key, file, isNew: false)
            : throw new IOException($"{file} holds no usable key: at least {ShortestKey} printable characters without spaces. Delete the file to have a new key made.");
    }
}
