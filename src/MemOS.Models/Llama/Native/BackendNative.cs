using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Back ends and devices (<c>ggml-backend.h</c>).</summary>
internal static unsafe partial class BackendNative
{
    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LoadAll(string folder);

    [LibraryImport(LlamaLibraries.Llama, EntryPoint = "llama_backend_init")]
    public static partial void Initialize();

    [LibraryImport(LlamaLibraries.Llama, EntryPoint = "llama_print_system_info")]
    public static partial byte* SystemText();

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_dev_count")]
    public static partial nuint DeviceCount();

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_dev_get")]
    public static partial nint Device(nuint index);

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_dev_by_type")]
    public static partial nint DeviceOfType(int type);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_dev_name")]
    public static partial byte* DeviceName(nint device);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_dev_description")]
    public static partial byte* DeviceDescription(nint device);

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_reg_get")]
    public static partial nint Registration(nuint index);

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_register")]
    public static partial void Register(Attention.NativeRegistration* registration);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_cpu_buffer_type")]
    public static partial nint CpuBufferType();

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_buft_is_host")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsHost(nint bufferType);

    [LibraryImport(LlamaLibraries.Ggml, EntryPoint = "ggml_backend_init_by_type")]
    public static partial nint InitializeByType(int type, byte* parameters);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_free")]
    public static partial void Free(nint backend);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_get_device")]
    public static partial nint DeviceOf(TensorBackend backend);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_dev_backend_reg")]
    public static partial nint RegistryOf(nint device);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FunctionOf(nint registry, string name);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_alloc_ctx_tensors")]
    public static partial nint AllocateTensors(TensorContext context, TensorBackend backend);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_buffer_free")]
    public static partial void FreeBuffer(nint buffer);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_tensor_set")]
    public static partial void Set(nint tensor, void* data, nuint offset, nuint size);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_tensor_get")]
    public static partial void Get(nint tensor, void* data, nuint offset, nuint size);

    [LibraryImport(LlamaLibraries.GgmlBase, EntryPoint = "ggml_backend_graph_compute")]
    public static partial int Compute(TensorBackend backend, nint graph);
}
