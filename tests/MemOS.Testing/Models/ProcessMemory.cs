using System.Globalization;

namespace MemOS.Testing.Models;

/// <summary>All that a process of ours can write to, as it is at one time.</summary>
public static class ProcessMemory
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Which of some runs of bytes are there.</summary>
    /// <param name="process">The process.</param>
    /// <param name="wanted">The runs, each of fewer than a megabyte.</param>
    public static IReadOnlyList<byte[]> Find(int process, IReadOnlyList<byte[]> wanted)
    {
        HashSet<byte[]> found = [];
        int overlap = wanted.Max(run => run.Length) - 1;
        byte[] piece = new byte[PieceBytes + overlap];
        using FileStream memory = new($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach ((long start, long end) in Writable(process))
        {
            for (long at = start; at < end; at += PieceBytes)
            {
                int length = (int)Math.Min(piece.Length, end - at);
                try
                {
                    memory.Position = at;
                    length = memory.ReadAtLeast(piece.AsSpan(0, length), length, throwOnEndOfStream: false);
                }
                catch (IOException)
                {
                    continue; // given back to the system meanwhile
                }

                found.UnionWith(wanted.Where(run => piece.AsSpan(0, length).IndexOf(run) >= 0));
            }
        }

        return [.. found];
    }

    private static IEnumerable<(long Start, long End)> Writable(int process) => File.ReadAllLines($"/proc/{process}/maps").Select(line => line.Split(' ')).Where(parts => parts[1].StartsWith("rw", StringComparison.Ordinal))
        .Select(parts => parts[0].Split('-')).Select(range => (long.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), long.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
}
