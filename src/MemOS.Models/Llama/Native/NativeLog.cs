using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Takes what the libraries say: warnings and errors go to standard error, where the parent process reads them.</summary>
internal static unsafe partial class NativeLog
{
    private const int Warning = 3;
    private const int Continued = 5;

    public static void Install() => LogSet(&Write, null);

    // Called from native threads: nothing may be thrown across.
    [UnmanagedCallersOnly]
    private static void Write(int level, byte* text, void* state)
    {
        if (level is < Warning or Continued)
        {
            return;
        }

        try
        {
            Console.Error.Write(Marshal.PtrToStringUTF8((nint)text));
        }
        catch (IOException)
        {
            // The reader of the log is gone; there is nobody left to tell.
        }
    }

    [LibraryImport(LlamaLibraries.Llama, EntryPoint = "llama_log_set")]
    private static partial void LogSet(delegate* unmanaged<int, byte*, void*, void> callback, void* state);
}
