using MemOS.Models.Llama.Native;

namespace MemOS.Models.Tests.Llama;

/// <summary>A test that runs native code; skipped, with a message, where the libraries are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LlamaFactAttribute : FactAttribute
{
    public LlamaFactAttribute()
    {
        if (!LlamaLibraries.AreIn(LlamaLibraries.DefaultFolder))
        {
            Skip = $"The llama.cpp libraries are not in {LlamaLibraries.DefaultFolder}: build with npm and network, or name a folder in {LlamaLibraries.FolderVariable}.";
        }
    }
}
