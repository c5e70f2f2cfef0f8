using System.Buffers;
using System.IO.Hashing;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// The hash of the whole database file, left at a clean close and checked at the next open, so that any byte changed in between is seen. It costs a
/// pass over the file at memory speed, which an opening makes anyhow. It is broken, durably, before the first write of a session.
/// </summary>
internal static class VaultSeal
{
    private const int Size = 8 + 8 + 16;
    private const ulong Magic = 0x31_4C_41_45_53_4D_45_4D; // "MEMSEAL1"

    /// <summary>Seals a closed database file.</summary>
    public static void Put(VaultFolder folder)
    {
        byte[] seal = Make(folder.DatabaseFile);
        using var file = new FileStream(folder.SealFile, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(seal);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whether there is a seal; throws when it does not fit the file.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/>.</exception>
    public static bool Check(VaultFolder folder)
    {
        byte[] seal;
        try
        {
            seal = File.ReadAllBytes(folder.SealFile);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        // A broken seal is zeros, or empty where the process died while it was put.
        if (seal.Length != Size || BitConverter.ToUInt64(seal) != Magic)
        {
            return false;
        }

        return seal.AsSpan().SequenceEqual(Make(folder.DatabaseFile)) ? true : throw SqliteErrors.Corrupted(
            folder.DatabaseFile, "its bytes changed after it was closed (vault.seal holds another hash)");
    }

    /// <summary>Takes the seal off, so that it holds even when the power fails in the middle: first its bytes, then its name.</summary>
    public static void Break(VaultFolder folder)
    {
        if (!File.Exists(folder.SealFile))
        {
            return;
        }

        using (var file = new FileStream(folder.SealFile, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(new byte[Size]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(folder.SealFile);
    }

    private static byte[] Make(string path)
    {
        var seal = new byte[Size];
        BitConverter.TryWriteBytes(seal, Magic);
        var hash = new XxHash128();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
            long length = 0;
            int read;
            while ((read = file.Read(buffer)) > 0)
            {
                hash.Append(buffer.AsSpan(0, read));
                length += read;
            }

            BitConverter.TryWriteBytes(seal.AsSpan(8), length);
            hash.GetCurrentHash(seal.AsSpan(16));
            return seal;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
