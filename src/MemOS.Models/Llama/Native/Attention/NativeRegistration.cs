using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary><c>ggml_backend_reg</c>: devices of one kind, as the library lists them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeRegistration
{
    /// <summary>The version of these structures that the binding was written for.</summary>
    public const int Version = 2;

    public int ApiVersion;
    public delegate* unmanaged<NativeRegistration*, byte*> Name;
    public delegate* unmanaged<NativeRegistration*, nuint> DeviceCount;
    public delegate* unmanaged<NativeRegistration*, nuint, NativeDevice*> Device;
    public delegate* unmanaged<NativeRegistration*, byte*, void*> Function;
    public void* Context;
}
