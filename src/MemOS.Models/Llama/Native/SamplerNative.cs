using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Choosing the next token (<c>llama.h</c>).</summary>
internal static unsafe partial class SamplerNative
{
    private const string Library = LlamaLibraries.Llama;

    [LibraryImport(Library, EntryPoint = "llama_sampler_chain_init")]
    public static partial nint NewChain(byte noPerformanceCounters);

    [LibraryImport(Library, EntryPoint = "llama_sampler_chain_add")]
    public static partial void Add(nint chain, nint sampler);

    [LibraryImport(Library, EntryPoint = "llama_sampler_free")]
    public static partial void Free(nint sampler);

    [LibraryImport(Library, EntryPoint = "llama_sampler_apply")]
    public static partial void Apply(nint sampler, TokenCandidates* candidates);

    [LibraryImport(Library, EntryPoint = "llama_sampler_accept")]
    public static partial void Accept(nint sampler, int token);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_greedy")]
    public static partial nint Greedy();

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_dist")]
    public static partial nint Draw(uint seed);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_temp")]
    public static partial nint Temperature(float temperature);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_top_k")]
    public static partial nint TopK(int count);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_top_p")]
    public static partial nint TopP(float share, nuint fewest);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_penalties")]
    public static partial nint Penalties(int vocabulary, int last, float repeat, float frequency, float presence);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_grammar", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Grammar(nint vocabulary, string grammar, string root);
}
