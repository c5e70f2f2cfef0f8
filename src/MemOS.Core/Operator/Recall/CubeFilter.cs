using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall.Filters;

namespace MemOS.Operator.Recall;

/// <summary>A condition on the header of a cube, evaluated before ranking. Immutable.</summary>
/// <remarks>Read from JSON by <see cref="CubeFilterParser"/>, or built from <see cref="AndFilter"/>, <see cref="OrFilter"/>, <see cref="NotFilter"/> and <see cref="FieldCondition"/>.</remarks>
public abstract record CubeFilter
{
    private protected CubeFilter()
    {
    }

    /// <summary>Holds for every cube.</summary>
    public static CubeFilter All { get; } = new AndFilter([]);

    /// <summary>Whether the condition holds for a cube.</summary>
    public abstract bool Matches(MemCube cube);

    /// <summary>Whether it asks for anything of a cube: <c>{}</c> and what always holds or never holds because of one do not.</summary>
    public bool NamesSomething => Constant is null;

    /// <summary>What it is for every cube, where that is known without one.</summary>
    internal abstract bool? Constant { get; }

    /// <summary>Holds where all of the conditions hold.</summary>
    public static CubeFilter And(params ImmutableArray<CubeFilter> filters) => filters.Length == 1 ? filters[0] : new AndFilter(filters);

    /// <summary>Holds where one of the conditions holds.</summary>
    public static CubeFilter Or(params ImmutableArray<CubeFilter> filters) => filters.Length == 1 ? filters[0] : new OrFilter(filters);

    /// <summary>Holds where the condition does not.</summary>
    public static CubeFilter Not(CubeFilter filter) => new NotFilter(filter);

    /// <summary>Evaluates the condition for all documents of an index.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="result">One bit a document; every word is overwritten. Bits behind the last document are undefined.</param>
    internal abstract void Evaluate(FilterScope documents, Span<ulong> result);
}
