using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Text and tokens (<c>llama.h</c>).</summary>
internal static unsafe partial class VocabularyNative
{
    private const string Library = LlamaLibraries.Llama;

    [LibraryImport(Library, EntryPoint = "llama_vocab_type")]
    public static partial int Type(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_n_tokens")]
    public static partial int Count(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_is_eog")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsEnd(nint vocabulary, int token);

    [LibraryImport(Library, EntryPoint = "llama_vocab_bos")]
    public static partial int Bos(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_get_add_bos")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool AddsBos(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_tokenize")]
    public static partial int Tokenize(nint vocabulary, byte* text, int length, int* tokens, int capacity, [MarshalAs(UnmanagedType.U1)] bool addSpecial, [MarshalAs(UnmanagedType.U1)] bool parseSpecial);

    [LibraryImport(Library, EntryPoint = "llama_token_to_piece")]
    public static partial int Piece(nint vocabulary, int token, byte* buffer, int size, int skippedSpaces, [MarshalAs(UnmanagedType.U1)] bool special);
}
