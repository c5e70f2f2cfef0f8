using MemOS.Models.Llama.Native.Attention;

namespace MemOS.Models.Tests.Llama;

/// <summary>A test of our own attention; skipped, with a message, where the processor lacks what it is computed with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AttentionTheoryAttribute : TheoryAttribute
{
    public AttentionTheoryAttribute() => Skip = AttentionDevice.IsSupported ? null : "This processor has no AVX-512, with which attention is computed; the library computes it.";
}
