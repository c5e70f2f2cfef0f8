using MemOS.Models.Llama.Native;

namespace MemOS.Models.Tests.Llama;

/// <summary>A test that writes files of hundreds of megabytes to the temporary folder; runs where <c>MEMOS_REAL_SHAPES</c> is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealShapeFactAttribute : FactAttribute
{
    private const string Variable = "MEMOS_REAL_SHAPES";

    public RealShapeFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null || !LlamaLibraries.AreIn(LlamaLibraries.DefaultFolder))
        {
            Skip = $"Writes models of up to 1.3 GB; set {Variable} to run it, with the llama.cpp libraries in {LlamaLibraries.DefaultFolder}.";
        }
    }
}
