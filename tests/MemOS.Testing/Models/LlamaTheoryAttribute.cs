using Xunit;

namespace MemOS.Testing.Models;

/// <inheritdoc cref="LlamaFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LlamaTheoryAttribute : TheoryAttribute
{
    public LlamaTheoryAttribute() => Skip = new LlamaFactAttribute().Skip;
}
