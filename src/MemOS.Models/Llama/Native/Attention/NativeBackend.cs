using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary><c>ggml_backend</c>: a device at work for one context. What it cannot do is null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBackend
{
    public byte* Id;
    public delegate* unmanaged<NativeBackend*, byte*> Name;
    public delegate* unmanaged<NativeBackend*, void> Free;
    public void* SetTensor;
    public void* GetTensor;
    public void* SetTensor2d;
    public void* GetTensor2d;
    public void* CopyTensor;
    public void* Synchronize;
    public void* CreatePlan;
    public void* FreePlan;
    public void* UpdatePlan;
    public void* ComputePlan;
    public delegate* unmanaged<NativeBackend*, nint, int> Compute;
    public void* RecordEvent;
    public void* WaitForEvent;
    public void* OptimizeGraph;
    public NativeDevice* Device;
    public nint Context;
}
