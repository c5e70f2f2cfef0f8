using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Holds where one of its conditions holds; nowhere when it has none.</summary>
/// <param name="Filters">The conditions.</param>
public sealed record OrFilter(ImmutableArray<CubeFilter> Filters) : CubeFilter
{
    /// <inheritdoc/>
    public override bool Matches(MemCube cube) => Filters.Any(f => f.Matches(cube));

    /// <summary>Compares the conditions one by one.</summary>
    public bool Equals(OrFilter? other) => other is not null && Filters.SequenceEqual(other.Filters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(OrFilter), Filters.Length);

    internal override bool? Constant => Filters.Any(filter => filter.Constant is true) ? true : Filters.All(filter => filter.Constant is false) ? false : null;

    internal override void Evaluate(FilterScope documents, Span<ulong> result)
    {
        if (Filters.IsEmpty)
        {
            result.Clear();
            return;
        }

        Filters[0].Evaluate(documents, result);
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(result.Length);
        Span<ulong> other = rented.AsSpan(0, result.Length);
        foreach (CubeFilter filter in Filters.AsSpan()[1..])
        {
            filter.Evaluate(documents, other);
            TensorPrimitives.BitwiseOr(result, other, result);
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }
}
