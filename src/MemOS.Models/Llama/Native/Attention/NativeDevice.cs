using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary><c>ggml_backend_device</c>: what a device answers. What it cannot do is null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDevice
{
    public delegate* unmanaged<NativeDevice*, byte*> Name;
    public delegate* unmanaged<NativeDevice*, byte*> Description;
    public delegate* unmanaged<NativeDevice*, nuint*, nuint*, void> Memory;
    public delegate* unmanaged<NativeDevice*, int> Kind;
    public delegate* unmanaged<NativeDevice*, NativeDeviceProperties*, void> Properties;
    public delegate* unmanaged<NativeDevice*, byte*, NativeBackend*> Start;
    public delegate* unmanaged<NativeDevice*, nint> BufferType;
    public void* HostBufferType;
    public void* BufferFromHost;
    public delegate* unmanaged<NativeDevice*, NativeTensor*, byte> Supports;
    public delegate* unmanaged<NativeDevice*, nint, byte> SupportsBuffer;
    public void* Offload;
    public void* NewEvent;
    public void* FreeEvent;
    public void* Synchronize;
    public NativeRegistration* Registration;
    public void* Context;
}
