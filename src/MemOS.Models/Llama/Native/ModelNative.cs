using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Models, their words and their templates (<c>llama.h</c>).</summary>
internal static unsafe partial class ModelNative
{
    private const string Library = LlamaLibraries.Llama;

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    public static partial ModelParameters DefaultParameters();

    [LibraryImport(Library, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Load(string path, ModelParameters parameters);

    [LibraryImport(Library, EntryPoint = "llama_model_free")]
    public static partial void Free(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_get_vocab")]
    public static partial nint Vocabulary(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_ctx_train")]
    public static partial int TrainedContext(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_embd")]
    public static partial int Width(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_embd_out")]
    public static partial int OutputWidth(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_layer")]
    public static partial int Layers(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_head")]
    public static partial int Heads(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_head_kv")]
    public static partial int CacheHeads(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_size")]
    public static partial ulong Size(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_params")]
    public static partial ulong Parameters(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_desc")]
    public static partial int Description(LlamaModel model, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "llama_model_meta_val_str")]
    public static partial int Fact(LlamaModel model, byte* key, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "llama_model_chat_template")]
    public static partial byte* ChatTemplate(LlamaModel model, byte* name);

    [LibraryImport(Library, EntryPoint = "llama_model_has_encoder")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool HasEncoder(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_has_decoder")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool HasDecoder(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_model_is_recurrent")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsRecurrent(LlamaModel model);

    [LibraryImport(Library, EntryPoint = "llama_chat_apply_template")]
    public static partial int ApplyTemplate(byte* template, NativeChatMessage* messages, nuint count, [MarshalAs(UnmanagedType.U1)] bool askAnswer, byte* buffer, int size);

    [LibraryImport(Library, EntryPoint = "llama_adapter_lora_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LoadAdapter(LlamaModel model, string path);
}
