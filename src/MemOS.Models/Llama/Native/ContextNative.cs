using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Contexts and computing in them (<c>llama.h</c>).</summary>
internal static unsafe partial class ContextNative
{
    private const string Library = LlamaLibraries.Llama;

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    public static partial ContextParameters DefaultParameters();

    [LibraryImport(Library, EntryPoint = "llama_init_from_model")]
    public static partial nint Create(LlamaModel model, ContextParameters parameters);

    [LibraryImport(Library, EntryPoint = "llama_free")]
    public static partial void Free(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx")]
    public static partial uint Size(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_n_batch")]
    public static partial uint Batch(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_n_ubatch")]
    public static partial uint MicroBatch(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_n_seq_max")]
    public static partial uint Sequences(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_pooling_type")]
    public static partial int Pooling(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_decode")]
    public static partial int Decode(LlamaContext context, TokenBatch batch);

    [LibraryImport(Library, EntryPoint = "llama_encode")]
    public static partial int Encode(LlamaContext context, TokenBatch batch);

    [LibraryImport(Library, EntryPoint = "llama_synchronize")]
    public static partial void Synchronize(LlamaContext context);

    [LibraryImport(Library, EntryPoint = "llama_get_logits_ith")]
    public static partial float* Logits(LlamaContext context, int place);

    [LibraryImport(Library, EntryPoint = "llama_get_embeddings_seq")]
    public static partial float* SequenceEmbedding(LlamaContext context, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_get_embeddings_ith")]
    public static partial float* Embedding(LlamaContext context, int place);

    [LibraryImport(Library, EntryPoint = "llama_set_adapters_lora")]
    public static partial int SetAdapters(LlamaContext context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Library, EntryPoint = "llama_set_adapter_cvec")]
    public static partial int SetControlVector(LlamaContext context, float* data, nuint length, int width, int firstLayer, int lastLayer);
}
