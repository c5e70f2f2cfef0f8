using System.IO.Hashing;

namespace MemOS.Models.Llama;

/// <summary>Tells models apart: a hash of the whole file, so of weights, tokenizer and positions alike.</summary>
internal static class ModelFingerprint
{
    private const string Prefix = "xxh128:";

    /// <summary>Hashes a file. It guards against a mistaken file, not against one that was made to deceive.</summary>
    public static string Of(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        XxHash128 hash = new();
        hash.Append(stream);
        return Prefix + Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(XxHash128.Hash(bytes));
}
