using MemOS.Vaults;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>The inner products of a query with the stored vectors of versions, which the index holds only roughly.</summary>
/// <param name="sequences">The sequence numbers of the versions.</param>
/// <param name="query">The query, in the index's space; vectors of other spaces do not count.</param>
/// <param name="products">One for each version; NaN where there is no stored vector.</param>
internal delegate void ExactProducts(long[] sequences, CubeVector query, float[] products);
