using System.Diagnostics;

namespace MemOS.Server.Auth;

/// <summary>Files that only their owner may read.</summary>
internal static class OwnerFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Writes a new file, on disk when this returns.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using FileStream stream = new(file, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Waits for a lock file, which is there until the stream is closed. A process that dies gives it up.</summary>
    /// <exception cref="IOException">Another process kept it for ten seconds, or the folder cannot be written.</exception>
    public static FileStream Lock(string file)
    {
        long began = Stopwatch.GetTimestamp();
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(began) < s_patience)
            {
                wait.SpinOnce(); // sleeps a millisecond when it takes longer
            }
        }
    }

    /// <summary>Takes everybody else's rights to a file away.</summary>
    public static void Protect(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }
}
