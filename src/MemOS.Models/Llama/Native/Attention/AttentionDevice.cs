using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary>
/// A device beside the library's processor that computes attention of long runs, as the library lets BLAS compute products: its scheduler asks what the device supports, and gives it
/// those operations in the processor's own memory.
/// </summary>
internal static unsafe class AttentionDevice
{
    private const int Accelerator = 3; // GGML_BACKEND_DEVICE_TYPE_ACCEL
    private const int Done = 0;
    private const int Failed = -1;
    private const int Nothing = 0;
    private const int FirstView = 36; // reshape, view, permute, transpose: nothing to compute
    private const int LastView = 39;
    private const int Attention = 74;

    /// <summary>Whether this processor has what tiles are computed with.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>Makes the library know the device, for good. Contexts made from then on use it.</summary>
    /// <returns>Whether the library is the one that this was written for.</returns>
    public static bool Register()
    {
        if (!IsAsExpected())
        {
            return false;
        }

        NativeRegistration* registration = Allocate<NativeRegistration>();
        NativeDevice* device = Allocate<NativeDevice>();
        *registration = new NativeRegistration { ApiVersion = NativeRegistration.Version, Name = &NameOfRegistration, DeviceCount = &CountDevices, Device = &DeviceOf, Function = &FunctionOf, Context = device };
        *device = new NativeDevice
        {
            Name = &NameOfDevice,
            Description = &Describe,
            Memory = &TellMemory,
            Kind = &KindOf,
            Properties = &TellProperties,
            Start = &Start,
            BufferType = &BufferTypeOf,
            Supports = &Supports,
            SupportsBuffer = &SupportsBuffer,
            Registration = registration,
        };
        BackendNative.Register(registration);
        return true;
    }

    /// <summary>Whether the library's structures and numbers are those that this was written for.</summary>
    internal static bool IsAsExpected()
    {
        const int ObjectBytes = 32; // in front of each tensor
        NativeRegistration* first = (NativeRegistration*)BackendNative.Registration(0);
        return first is not null && first->ApiVersion == NativeRegistration.Version && TensorNative.TensorOverhead() == (nuint)(sizeof(NativeTensor) + ObjectBytes) &&
            Named(Nothing, "NONE"u8) && Named(FirstView, "RESHAPE"u8) && Named(LastView, "TRANSPOSE"u8) && Named(Attention, "FLASH_ATTN_EXT"u8);

        static bool Named(int operation, ReadOnlySpan<byte> name) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(TensorNative.NameOfOperation(operation)).SequenceEqual(name);
    }

    private static T* Allocate<T>()
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)sizeof(T));

    private static byte* Text(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal)); // literals do not move, and end in 0

    [UnmanagedCallersOnly]
    private static byte* NameOfRegistration(NativeRegistration* registration) => Text("MemOS"u8);

    [UnmanagedCallersOnly]
    private static nuint CountDevices(NativeRegistration* registration) => 1;

    [UnmanagedCallersOnly]
    private static NativeDevice* DeviceOf(NativeRegistration* registration, nuint index) => (NativeDevice*)registration->Context;

    [UnmanagedCallersOnly]
    private static void* FunctionOf(NativeRegistration* registration, byte* name) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name).SequenceEqual("ggml_backend_set_n_threads"u8) ? (delegate* unmanaged<NativeBackend*, int, void>)&SetThreads : null;

    [UnmanagedCallersOnly]
    private static byte* NameOfDevice(NativeDevice* device) => Text("MemOS"u8);

    [UnmanagedCallersOnly]
    private static byte* NameOfBackend(NativeBackend* backend) => Text("MemOS"u8);

    [UnmanagedCallersOnly]
    private static byte* Describe(NativeDevice* device) => Text("attention of long runs"u8);

    [UnmanagedCallersOnly]
    private static void TellMemory(NativeDevice* device, nuint* free, nuint* total) => *free = *total = 0; // it has none of its own

    [UnmanagedCallersOnly]
    private static int KindOf(NativeDevice* device) => Accelerator;

    [UnmanagedCallersOnly]
    private static void TellProperties(NativeDevice* device, NativeDeviceProperties* properties) =>
        *properties = new NativeDeviceProperties { Name = Text("MemOS"u8), Description = Text("attention of long runs"u8), Kind = Accelerator };

    [UnmanagedCallersOnly]
    private static NativeBackend* Start(NativeDevice* device, byte* parameters)
    {
        NativeBackend* backend = Allocate<NativeBackend>();
        *backend = new NativeBackend
        {
            Id = Text("MemOS attention\0"u8),
            Name = &NameOfBackend,
            Free = &Free,
            Compute = &Compute,
            Device = device,
            Context = GCHandle.ToIntPtr(GCHandle.Alloc(new AttentionTeam())),
        };
        return backend;
    }

    [UnmanagedCallersOnly]
    private static void Free(NativeBackend* backend)
    {
        Team(backend).Dispose();
        GCHandle.FromIntPtr(backend->Context).Free();
        NativeMemory.Free(backend);
    }

    [UnmanagedCallersOnly]
    private static void SetThreads(NativeBackend* backend, int threads) => Team(backend).Threads = Math.Max(1, threads);

    [UnmanagedCallersOnly]
    private static nint BufferTypeOf(NativeDevice* device) => BackendNative.CpuBufferType();

    [UnmanagedCallersOnly]
    private static byte SupportsBuffer(NativeDevice* device, nint type) => BackendNative.IsHost(type) ? (byte)1 : (byte)0;

    [UnmanagedCallersOnly]
    private static byte Supports(NativeDevice* device, NativeTensor* operation) =>
        IsView(operation->Operation) || (operation->Operation == Attention && AttentionWork.CanCompute(operation)) ? (byte)1 : (byte)0;

    [UnmanagedCallersOnly]
    private static int Compute(NativeBackend* backend, nint graph)
    {
        try
        {
            for (int i = 0; i < TensorNative.CountNodes(graph); i++)
            {
                NativeTensor* node = (NativeTensor*)TensorNative.Node(graph, i);
                if (node->Operation == Attention)
                {
                    Team(backend).Compute(node);
                }
                else if (!IsView(node->Operation))
                {
                    return Failed;
                }
            }

            return Done;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or AggregateException)
        {
            return Failed; // nothing passes through the library; the caller is told that it could not compute
        }
    }

    private static bool IsView(int operation) => operation is Nothing or (>= FirstView and <= LastView);

    private static AttentionTeam Team(NativeBackend* backend) => (AttentionTeam)GCHandle.FromIntPtr(backend->Context).Target!;
}
