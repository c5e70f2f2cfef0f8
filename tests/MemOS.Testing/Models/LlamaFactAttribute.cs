using MemOS.Models.Llama;
using Xunit;

namespace MemOS.Testing.Models;

/// <summary>A test that runs native code; skipped, with a message, where the libraries are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LlamaFactAttribute : FactAttribute
{
    public LlamaFactAttribute()
    {
        if (!LocalRuntime.HasLibraries)
        {
            Skip = "The llama.cpp libraries are not beside the tests: build with npm and network, or name a folder in MEMOS_LLAMA.";
        }
    }
}
