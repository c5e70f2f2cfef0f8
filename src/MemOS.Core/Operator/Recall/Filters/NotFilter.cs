using System.Numerics.Tensors;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Holds where its condition does not.</summary>
/// <param name="Filter">The condition.</param>
public sealed record NotFilter(CubeFilter Filter) : CubeFilter
{
    /// <inheritdoc/>
    public override bool Matches(MemCube cube) => !Filter.Matches(cube);

    internal override bool? Constant => !Filter.Constant;

    internal override void Evaluate(FilterScope documents, Span<ulong> result)
    {
        Filter.Evaluate(documents, result);
        TensorPrimitives.OnesComplement(result, result);
    }
}
