using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>A test that writes files of hundreds of megabytes to the temporary folder; runs where <c>MEMOS_REAL_SHAPES</c> is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealShapeFactAttribute : FactAttribute
{
    private const string Variable = "MEMOS_REAL_SHAPES";

    public RealShapeFactAttribute()
    {
        Skip = new LlamaFactAttribute().Skip
            ?? (Environment.GetEnvironmentVariable(Variable) is null ? $"Writes models of up to 1.3 GB to the temporary folder; set {Variable} to run it." : null);
    }
}
