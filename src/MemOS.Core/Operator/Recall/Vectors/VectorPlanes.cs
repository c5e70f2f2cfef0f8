using System.Numerics;
using System.Numerics.Tensors;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>
/// Unit vectors in four bits a component: good for inner products to about two decimals, which is enough to choose the documents whose vectors are then
/// fetched from the vault.
/// </summary>
/// <remarks>
/// Component = scale × step, steps from -7 to 7. Pages of <see cref="PageSize"/> documents are never moved once full; only the first grows. One writer; readers
/// see a prefix.
/// </remarks>
internal sealed class VectorPlanes
{
    /// <summary>Documents on a page; a power of two.</summary>
    public const int PageSize = 1024;

    private const int Group = 256;

    private byte[][] _steps = [];
    private float[][] _scales = [];

    /// <summary>The number of components; 0 before the first vector.</summary>
    public int Dimension { get; private set; }

    private int Size => NibbleKernel.BytesFor(Dimension);

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

        _scales[page][at] = Round(vector, NibbleKernel.Largest / largest, _steps[page].AsSpan(at * Size, Size));
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
        if (sourcePage >= source._steps.Length || sourceAt >= source._scales[sourcePage].Length)
        {
            return;
        }

        source._steps[sourcePage].AsSpan(sourceAt * Size, Size).CopyTo(_steps[page].AsSpan(at * Size));
        _scales[page][at] = source._scales[sourcePage][sourceAt];
    }

    /// <summary>Approximate inner products of a query with the documents of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="query">The query as int8 vector, made by <see cref="Quantise"/>.</param>
    /// <param name="queryScale">The scale of the query.</param>
    /// <param name="products">One for each document from the start of the page on; 0 for a document without vector.</param>
    public void Scan(int page, ReadOnlySpan<sbyte> query, float queryScale, Span<float> products)
    {
        byte[][] steps = Volatile.Read(ref _steps);
        float[][] scales = Volatile.Read(ref _scales);
        if (page >= steps.Length || page >= scales.Length)
        {
            products.Clear();
            return;
        }

        float[] pageScales = scales[page];
        byte[] vectors = steps[page];
        int size = query.Length >>> 1;
        int known = Math.Min(products.Length, Math.Min(pageScales.Length, vectors.Length / size));
        products[known..].Clear();
        products = products[..known];
        Span<int> whole = stackalloc int[Group];
        for (int first = 0; first < known; first += Group)
        {
            int count = Math.Min(Group, known - first);
            NibbleKernel.Scan(vectors.AsSpan(first * size, count * size), query, whole[..count]);
            TensorPrimitives.ConvertTruncating<int, float>(whole[..count], products.Slice(first, count));
        }

        TensorPrimitives.Multiply(products, pageScales.AsSpan(0, known), products);
        TensorPrimitives.Multiply(products, queryScale, products);
    }

    /// <summary>How many components <see cref="Quantise"/> makes of a vector.</summary>
    public static int RoomFor(int dimension) => 2 * NibbleKernel.BytesFor(dimension);

    /// <summary>Rounds a query to int8; a last component of 0 makes their number even.</summary>
    /// <returns>Its scale; 0 for the zero vector.</returns>
    public static float Quantise(ReadOnlySpan<float> vector, Span<sbyte> target)
    {
        target.Clear();
        float largest = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest is 0 or float.NaN or float.PositiveInfinity)
        {
            return 0;
        }

        float scale = largest / 127;
        for (int i = 0; i < vector.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(vector[i] / scale);
        }

        return scale;
    }

    /// <summary>Rounds to steps, and gives the scale with which a vector's product with itself comes out right.</summary>
    private static float Round(ReadOnlySpan<float> vector, float inverse, Span<byte> target)
    {
        ReadOnlySpan<float> low = vector[..target.Length];
        ReadOnlySpan<float> high = vector[target.Length..];
        float squares = 0;
        float product = 0;
        for (int i = 0; i < low.Length; i++)
        {
            // Offset first: the sums are positive, so that cutting off rounds.
            float upper = i < high.Length ? high[i] : 0;
            int first = (int)((low[i] * inverse) + (NibbleKernel.Offset + 0.5f));
            int second = (int)((upper * inverse) + (NibbleKernel.Offset + 0.5f));
            target[i] = (byte)(first | (second << 4));
            squares += (low[i] * low[i]) + (upper * upper);
            product += (low[i] * (first - NibbleKernel.Offset)) + (upper * (second - NibbleKernel.Offset));
        }

        return product > 0 ? squares / product : 0;
    }

    private static (int Page, int At) Place(int document) => (document / PageSize, document & (PageSize - 1));

    private void EnsureRoom(int document)
    {
        (int page, int at) = Place(document);
        while (_steps.Length <= page)
        {
            int room = _steps.Length == page && page == 0 ? 16 : PageSize;
            Volatile.Write(ref _scales, [.. _scales, new float[room]]);
            Volatile.Write(ref _steps, [.. _steps, new byte[room * Size]]);
        }

        if (_scales[page].Length <= at)
        {
            int room = Math.Min(PageSize, Math.Max(_scales[page].Length * 2, (int)BitOperations.RoundUpToPowerOf2((uint)at + 1)));
            Volatile.Write(ref _steps[page], Enlarged(_steps[page], room * Size));
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
