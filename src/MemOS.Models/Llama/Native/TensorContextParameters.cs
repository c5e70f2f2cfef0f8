using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary><c>ggml_init_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorContextParameters
{
    public nuint MemorySize;
    public void* Memory;
    public byte NoAllocation;
}
