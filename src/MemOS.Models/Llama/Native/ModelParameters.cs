using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary><c>llama_model_params</c>; always started from the library's own defaults.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModelParameters
{
    public void* Devices;
    public void* BufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public int LoadMode;
    public int LazyMode;
    public int MainGpu;
    public float* TensorSplit;
    public delegate* unmanaged<float, void*, byte> Progress;
    public void* ProgressData;
    public void* Overrides;
    public byte VocabularyOnly;
    public byte CheckTensors;
    public byte UseExtraBuffers;
    public byte NoHost;
    public byte NoAllocation;
    public byte LoadMtp;
}
