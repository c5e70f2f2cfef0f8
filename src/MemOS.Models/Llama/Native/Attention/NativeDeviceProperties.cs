using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary><c>ggml_backend_dev_props</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDeviceProperties
{
    public byte* Name;
    public byte* Description;
    public nuint MemoryFree;
    public nuint MemoryTotal;
    public int Kind;
    public byte* Id;
    public byte IsAsynchronous;
    public byte HasHostBuffer;
    public byte TakesHostMemory;
    public byte HasEvents;
    public byte LoadsMapped;
}
