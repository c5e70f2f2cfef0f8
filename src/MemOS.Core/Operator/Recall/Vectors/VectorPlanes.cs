using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using MemOS.Operator.Recall.Snapshots;

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

    private readonly PackedVectors? _packed;
    private VectorPage?[] _pages;
    private int _loaded;

    /// <summary>Continues the vectors of a snapshot, whose pages are read when they are asked for, or begins with none.</summary>
    public VectorPlanes(string space, PackedVectors? packed = null)
    {
        Space = space;
        _packed = packed;
        _pages = new VectorPage?[packed?.PageCount ?? 0];
        Dimension = packed?.Dimension ?? 0;
    }

    /// <summary>The embedding space of all of them.</summary>
    public string Space { get; }

    /// <summary>The number of components; 0 before the first vector.</summary>
    public int Dimension { get; private set; }

    /// <summary>About how many bytes of memory they take.</summary>
    public long Bytes => (long)Volatile.Read(ref _loaded) * PageSize * (Size + sizeof(float));

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

        VectorPage page = RoomFor(document, out int at);
        if (vector.Length != Dimension)
        {
            return; // the page is zero there
        }

        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest is 0 or float.NaN or float.PositiveInfinity)
        {
            return;
        }

        // First as the vault will give it back, so that an index that has lived and one that is built anew agree in every bit.
        Half[] stored = ArrayPool<Half>.Shared.Rent(vector.Length);
        float[] rounded = ArrayPool<float>.Shared.Rent(vector.Length);
        TensorPrimitives.ConvertToHalf(vector, stored);
        TensorPrimitives.ConvertToSingle(stored.AsSpan(0, vector.Length), rounded);
        page.Scales[at] = Round(rounded.AsSpan(0, vector.Length), page.Steps.AsSpan(at * Size, Size));
        ArrayPool<float>.Shared.Return(rounded);
        ArrayPool<Half>.Shared.Return(stored);
    }

    /// <summary>Stores the vector of a document of other planes. For the writer of both.</summary>
    public void Copy(int document, VectorPlanes source, int sourceDocument)
    {
        if (source.Dimension == 0)
        {
            return;
        }

        Dimension = source.Dimension;
        VectorPage page = RoomFor(document, out int at);
        (int sourcePage, int sourceAt) = Place(sourceDocument);
        if (source.PageAt(sourcePage) is { } from && sourceAt < from.Capacity)
        {
            from.Steps.AsSpan(sourceAt * Size, Size).CopyTo(page.Steps.AsSpan(at * Size));
            page.Scales[at] = from.Scales[sourceAt];
        }
    }

    /// <summary>Approximate inner products of a query with the documents of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="query">The query as int8 vector, made by <see cref="Quantise"/>.</param>
    /// <param name="queryScale">The scale of the query.</param>
    /// <param name="products">One for each document from the start of the page on; 0 for a document without vector.</param>
    public void Scan(int page, ReadOnlySpan<sbyte> query, float queryScale, Span<float> products)
    {
        if (PageAt(page) is not { } vectors)
        {
            products.Clear();
            return;
        }

        int size = query.Length >>> 1;
        int known = Math.Min(products.Length, vectors.Capacity);
        products[known..].Clear();
        products = products[..known];
        Span<int> whole = stackalloc int[Group];
        for (int first = 0; first < known; first += Group)
        {
            int count = Math.Min(Group, known - first);
            NibbleKernel.Scan(vectors.Steps.AsSpan(first * size, count * size), query, whole[..count]);
            TensorPrimitives.ConvertTruncating<int, float>(whole[..count], products.Slice(first, count));
        }

        TensorPrimitives.Multiply(products, vectors.Scales.AsSpan(0, known), products);
        TensorPrimitives.Multiply(products, queryScale, products);
    }

    /// <summary>Writes the vectors of some documents, in the order that they get.</summary>
    public void Write(SnapshotWriter writer, ReadOnlySpan<int> documents)
    {
        long start = -1;
        VectorPage collected = new(PageSize, Size);
        for (int first = 0; first < documents.Length && Dimension > 0; first += PageSize)
        {
            int count = Math.Min(PageSize, documents.Length - first);
            for (int i = 0; i < count; i++)
            {
                (int page, int at) = Place(documents[first + i]);
                VectorPage? from = PageAt(page);
                float scale = from is not null && at < from.Capacity ? from.Scales[at] : 0;
                Span<byte> target = collected.Steps.AsSpan(i * Size, Size);
                collected.Scales[i] = scale;
                if (from is not null && scale != 0)
                {
                    from.Steps.AsSpan(at * Size, Size).CopyTo(target);
                }
                else
                {
                    target.Clear();
                }
            }

            long offset = writer.Append<float>(collected.Scales.AsSpan(0, count));
            start = start < 0 ? offset : start;
            writer.Append<byte>(collected.Steps.AsSpan(0, count * Size));
        }

        writer.Directory.Write(start < 0 ? 0 : Dimension);
        writer.Directory.Write(start);
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
    private static float Round(ReadOnlySpan<float> vector, Span<byte> target)
    {
        float inverse = NibbleKernel.Largest / MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
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

    private VectorPage? PageAt(int page)
    {
        VectorPage?[] pages = Volatile.Read(ref _pages);
        return page >= pages.Length ? null : Volatile.Read(ref pages[page]) ?? Unpack(pages, page);
    }

    // Several threads may read the same page; one wins, and that one is written to.
    private VectorPage? Unpack(VectorPage?[] pages, int page)
    {
        if (_packed is null || page >= _packed.PageCount)
        {
            return null;
        }

        VectorPage read = _packed.Read(page);
        VectorPage? earlier = Interlocked.CompareExchange(ref pages[page], read, null);
        _ = earlier is null ? Interlocked.Increment(ref _loaded) : 0;
        return earlier ?? read;
    }

    private VectorPage RoomFor(int document, out int at)
    {
        (int page, at) = Place(document);
        if (_pages.Length <= page)
        {
            VectorPage?[] pages = new VectorPage?[page + 1 + (page >> 2)];
            _pages.CopyTo(pages, 0);
            Volatile.Write(ref _pages, pages);
        }

        VectorPage? held = PageAt(page);
        if (held is null || held.Capacity <= at)
        {
            // Only the first page grows; an index of few documents shall be small.
            int room = page > 0 ? PageSize : Math.Min(PageSize, Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)at + 1)));
            _loaded += held is null ? 1 : 0;
            held = held?.Enlarged(room, Size) ?? new VectorPage(room, Size);
            Volatile.Write(ref _pages[page], held);
        }

        return held;
    }
}
