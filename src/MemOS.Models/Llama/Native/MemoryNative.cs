using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Sequences of a context and their states (<c>llama.h</c>).</summary>
internal static unsafe partial class MemoryNative
{
    private const string Library = LlamaLibraries.Llama;

    [LibraryImport(Library, EntryPoint = "llama_get_memory")]
    public static partial nint Of(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_memory_clear")]
    public static partial void Clear(nint memory, [MarshalAs(UnmanagedType.U1)] bool data);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_rm")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool Remove(nint memory, int sequence, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_cp")]
    public static partial void Copy(nint memory, int source, int target, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_add")]
    public static partial void Shift(nint memory, int sequence, int from, int to, int by);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_pos_min")]
    public static partial int FirstPosition(nint memory, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_pos_max")]
    public static partial int LastPosition(nint memory, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_memory_can_shift")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool CanShift(nint memory);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_get_size")]
    public static partial nuint StateSize(LlamaContext context, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_get_data")]
    public static partial nuint GetState(LlamaContext context, byte* data, nuint size, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_set_data")]
    public static partial nuint SetState(LlamaContext context, byte* data, nuint size, int sequence);
}
