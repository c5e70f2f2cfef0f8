using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary><c>llama_token_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenCandidate
{
    public int Token;
    public float Logit;
    public float Probability;
}
