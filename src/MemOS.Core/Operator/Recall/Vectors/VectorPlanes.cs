using System.Numerics;
using System.Numerics.Tensors;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>
/// Unit vectors as 16-bit fixed point, the two bytes of a component in two planes: the upper plane alone is an int8 vector for the scan over
/// all documents, both together give the exact second pass.
/// </summary>
/// <remarks>
/// Component = scale × (upper + lower / 254). Pages of <see cref="PageSize"/> documents are never moved once full; only the first grows. One writer;
/// readers see a prefix.
/// </remarks>
internal sealed class VectorPlanes
{
    /// <summary>Documents on a page; a power of two.</summary>
    public const int PageSize = 1024;

    private const float LowerSteps = 254;
    private const int Group = 256;

    private byte[][] _upper = [];
    private byte[][] _lower = [];
    private float[][] _scales = [];

    /// <summary>The number of components; 0 before the first vector.</summary>
    public int Dimension { get; private set; }

    /// <summary>Stores the vector of a document; an empty one stands for none. For the writer, in the order of documents.</summary>
    public void Set(int document, ReadOnlySpan<float> vector)
    {
        if (Dimension == 0)
        {
            if (vector.IsEmpty)
            {
                return;
            }

            Dimension = vector.Length;
        }

        EnsureRoom(document);
        (int page, int at) = Place(document);
        if (vector.Length != Dimension)
        {
            return; // the page is zero there
        }

        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest is 0 or float.NaN or float.PositiveInfinity)
        {
            return;
        }

        float scale = largest / 127;
        Span<byte> upper = _upper[page].AsSpan(at * Dimension, Dimension);
        Span<byte> lower = _lower[page].AsSpan(at * Dimension, Dimension);
        float inverse = 1 / scale;
        for (int i = 0; i < vector.Length; i++)
        {
            // Offset first: the sums are positive, so that cutting off rounds.
            float steps = (vector[i] * inverse) + Int8Kernel.Offset;
            int whole = (int)(steps + 0.5f);
            upper[i] = (byte)whole;
            lower[i] = (byte)(((steps - whole) * LowerSteps) + Int8Kernel.Offset + 0.5f);
        }

        _scales[page][at] = scale;
    }

    /// <summary>Stores the vector of a document of other planes. For the writer of both.</summary>
    public void Copy(int document, VectorPlanes source, int sourceDocument)
    {
        if (source.Dimension == 0)
        {
            return;
        }

        Dimension = source.Dimension;
        EnsureRoom(document);
        (int page, int at) = Place(document);
        (int sourcePage, int sourceAt) = Place(sourceDocument);
        if (sourcePage >= source._upper.Length || sourceAt >= source._scales[sourcePage].Length)
        {
            return;
        }

        source._upper[sourcePage].AsSpan(sourceAt * Dimension, Dimension).CopyTo(_upper[page].AsSpan(at * Dimension));
        source._lower[sourcePage].AsSpan(sourceAt * Dimension, Dimension).CopyTo(_lower[page].AsSpan(at * Dimension));
        _scales[page][at] = source._scales[sourcePage][sourceAt];
    }

    /// <summary>Approximate inner products of a query with the documents of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="query">The query as int8 vector.</param>
    /// <param name="queryScale">The scale of the query.</param>
    /// <param name="products">One for each document from the start of the page on; 0 for a document without vector.</param>
    public void Scan(int page, ReadOnlySpan<sbyte> query, float queryScale, Span<float> products)
    {
        byte[][] upper = Volatile.Read(ref _upper);
        float[][] scales = Volatile.Read(ref _scales);
        if (page >= upper.Length || page >= scales.Length)
        {
            products.Clear();
            return;
        }

        float[] pageScales = scales[page];
        byte[] vectors = upper[page];
        int known = Math.Min(products.Length, Math.Min(pageScales.Length, vectors.Length / query.Length));
        products[known..].Clear();
        products = products[..known];
        Span<int> whole = stackalloc int[Group];
        for (int first = 0; first < known; first += Group)
        {
            int count = Math.Min(Group, known - first);
            Int8Kernel.Scan(vectors.AsSpan(first * query.Length, count * query.Length), query, whole[..count]);
            TensorPrimitives.ConvertTruncating<int, float>(whole[..count], products.Slice(first, count));
        }

        TensorPrimitives.Multiply(products, pageScales.AsSpan(0, known), products);
        TensorPrimitives.Multiply(products, queryScale, products);
    }

    /// <summary>The inner product of a query with a document to about 5 decimals; 0 for a document without vector.</summary>
    public float Exact(int document, ReadOnlySpan<float> query)
    {
        (int page, int at) = Place(document);
        byte[][] uppers = Volatile.Read(ref _upper);
        byte[][] lowers = Volatile.Read(ref _lower);
        float[][] scales = Volatile.Read(ref _scales);
        if (page >= uppers.Length || page >= lowers.Length || page >= scales.Length || at >= scales[page].Length)
        {
            return 0;
        }

        float scale = scales[page][at];
        if (scale == 0)
        {
            return 0;
        }

        float upper = Int8Kernel.Dot(query, uppers[page].AsSpan(at * query.Length, query.Length));
        float lower = Int8Kernel.Dot(query, lowers[page].AsSpan(at * query.Length, query.Length));
        return scale * (upper + (lower / LowerSteps));
    }

    /// <summary>Rounds a query to int8.</summary>
    /// <returns>Its scale; 0 for the zero vector.</returns>
    public static float Quantise(ReadOnlySpan<float> vector, Span<sbyte> target)
    {
        float largest = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest is 0 or float.NaN or float.PositiveInfinity)
        {
            target.Clear();
            return 0;
        }

        float scale = largest / 127;
        for (int i = 0; i < vector.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(vector[i] / scale);
        }

        return scale;
    }

    private static (int Page, int At) Place(int document) => (document / PageSize, document & (PageSize - 1));

    private void EnsureRoom(int document)
    {
        (int page, int at) = Place(document);
        while (_upper.Length <= page)
        {
            int room = _upper.Length == page && page == 0 ? 16 : PageSize;
            Volatile.Write(ref _lower, [.. _lower, new byte[room * Dimension]]);
            Volatile.Write(ref _scales, [.. _scales, new float[room]]);
            Volatile.Write(ref _upper, [.. _upper, new byte[room * Dimension]]);
        }

        if (_scales[page].Length <= at)
        {
            int room = Math.Min(PageSize, Math.Max(_scales[page].Length * 2, (int)BitOperations.RoundUpToPowerOf2((uint)at + 1)));
            Volatile.Write(ref _lower[page], Enlarged(_lower[page], room * Dimension));
            Volatile.Write(ref _upper[page], Enlarged(_upper[page], room * Dimension));
            Volatile.Write(ref _scales[page], Enlarged(_scales[page], room));
        }
    }

    private static T[] Enlarged<T>(T[] source, int length)
    {
        T[] larger = new T[length];
        source.CopyTo(larger, 0);
        return larger;
    }
}
