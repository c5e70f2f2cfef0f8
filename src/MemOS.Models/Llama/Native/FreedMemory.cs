using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>What native code frees, which lies where it was until the room is used again.</summary>
internal static unsafe class FreedMemory
{
    private const string Library = "libc.so.6"; // glibc; another library has no such switch
    private const int Perturb = -6; // M_PERTURB of malloc.h
    private const int Filling = 255;

    /// <summary>Has it overwritten from now on, where the system's allocator is glibc. To be called once large buffers are there: what is newly allocated is written to as well.</summary>
    public static void OverwriteFromNowOn()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out nint library) && NativeLibrary.TryGetExport(library, "mallopt", out nint option))
        {
            ((delegate* unmanaged<int, int, int>)option)(Perturb, Filling);
        }
    }
}
