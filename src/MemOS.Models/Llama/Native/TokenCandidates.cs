using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary><c>llama_token_data_array</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TokenCandidates
{
    public TokenCandidate* Data;
    public nuint Count;
    public long Selected;
    public byte Sorted;
}
