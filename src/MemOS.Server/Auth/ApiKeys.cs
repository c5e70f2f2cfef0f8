using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using MemOS.Vaults;

namespace MemOS.Server.Auth;

/// <summary>The API keys of a server, in the file <c>api-keys.json</c> of its data folder.</summary>
/// <remarks>Thread-safe. A request sees either all of a change or nothing of it; a change that returned is on disk.</remarks>
internal sealed class ApiKeys
{
    private const int LongestName = 100;
    private const int MostVaults = 100;
    private const int MostKeys = 10_000;
    private readonly string _file;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, ApiKey> _byDigest;

    /// <summary>Reads the keys.</summary>
    /// <exception cref="IOException">The file is damaged or of a newer release. Nothing is ever open for want of a key.</exception>
    public ApiKeys(string dataFolder, TimeProvider clock)
    {
        _file = Path.Combine(Path.GetFullPath(dataFolder), "api-keys.json");
        _clock = clock;
        _byDigest = ByDigest(Load(_file));
    }

    /// <summary>All keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> List() => [.. _byDigest.Values.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id)];

    /// <summary>Makes a key. The key itself is not kept: who asked for it must.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public (ApiKey Key, string Secret) Create(string name, IReadOnlyList<string> vaults)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"name has 1 to {LongestName} characters, none of them a control character.");
        }

        if (vaults.Count is 0 or > MostVaults || !vaults.All(IsUsable))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"vaults holds 1 to {MostVaults} names of vaults, or beginnings of names ended by '*', as in 'acme/*'.");
        }

        string secret = $"memos-key-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        DateTimeOffset now = _clock.GetUtcNow();
        ApiKey key = new() { Id = Guid.CreateVersion7(now), Name = name, Vaults = [.. vaults], CreatedAt = now, Digest = Digest(secret) };
        lock (_gate)
        {
            Replace(_byDigest.Count < MostKeys ? [.. _byDigest.Values, key] : throw new MemOSException(ErrorCodes.InvalidInput, $"There are {MostKeys} keys already; revoke those not needed."));
        }

        return (key, secret);
    }

    /// <summary>Revokes a key: the next request with it is refused.</summary>
    /// <returns>False when there is no such key.</returns>
    public bool Revoke(Guid id)
    {
        lock (_gate)
        {
            ApiKey[] left = [.. _byDigest.Values.Where(key => key.Id != id)];
            if (left.Length == _byDigest.Count)
            {
                return false;
            }

            Replace(left);
            return true;
        }
    }

    /// <summary>The key that a text is; null when it is none. What is compared is a hash, so the time tells nothing of the keys.</summary>
    public ApiKey? Find(ReadOnlySpan<char> offered)
    {
        FrozenDictionary<string, ApiKey> keys = _byDigest;
        if (keys.Count == 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[KeyDigest.Size];
        Span<char> digits = stackalloc char[2 * KeyDigest.Size];
        KeyDigest.Compute(offered, digest);
        Convert.TryToHexStringLower(digest, digits, out _);
        return keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(digits, out ApiKey? key) ? key : null;
    }

    private static bool IsUsable(string? name) => name is { Length: > 0 } && name != "*" && VaultId.TryParse(name.TrimEnd('*') is { Length: > 0 } bare ? bare.TrimEnd() : null, out _) && name.IndexOf('*') is var star && (star < 0 || star == name.Length - 1);

    private static string Digest(string secret)
    {
        Span<byte> digest = stackalloc byte[KeyDigest.Size];
        KeyDigest.Compute(secret, digest);
        return Convert.ToHexStringLower(digest);
    }

    private static FrozenDictionary<string, ApiKey> ByDigest(IEnumerable<ApiKey> keys) => keys.ToFrozenDictionary(key => key.Digest, StringComparer.Ordinal);

    private static IReadOnlyList<ApiKey> Load(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        OwnerFile.Protect(file);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ApiKeyJsonContext.Default.ApiKeyFile) is { Version: 1 } read
                ? read.Keys
                : throw new IOException($"{file} was written by a newer release.");
        }
        catch (JsonException e)
        {
            throw new IOException($"{file} holds no usable keys. Restore it, or delete it and make new keys.", e);
        }
    }

    private void Replace(IReadOnlyList<ApiKey> keys)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file) ?? ".");
        string draft = $"{_file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        OwnerFile.Write(draft, JsonSerializer.SerializeToUtf8Bytes(new ApiKeyFile(1, keys), ApiKeyJsonContext.Default.ApiKeyFile));
        File.Move(draft, _file, overwrite: true);
        _byDigest = ByDigest(keys);
    }
}
