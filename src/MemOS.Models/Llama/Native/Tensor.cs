namespace MemOS.Models.Llama.Native;

/// <summary>A tensor of a <see cref="TensorContext"/> with up to four dimensions; the first varies fastest, as in the library.</summary>
internal readonly record struct Tensor
{
    internal Tensor(nint pointer, long n0, long n1, long n2, long n3)
    {
        Pointer = pointer;
        (N0, N1, N2, N3) = (n0, n1, n2, n3);
    }

    public long N0 { get; }

    public long N1 { get; }

    public long N2 { get; }

    public long N3 { get; }

    public long Count => N0 * N1 * N2 * N3;

    internal nint Pointer { get; }

    public bool SameShape(Tensor other) => (N0, N1, N2, N3) == (other.N0, other.N1, other.N2, other.N3);

    /// <summary>Writes all values. The tensor has memory: its context's <see cref="TensorBuffer"/> was made.</summary>
    public unsafe void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Require(values.Length == Count && sizeof(T) == 4, "All values of the tensor, of 4 bytes each, are written at once.");
        fixed (T* data = values)
        {
            BackendNative.Set(Pointer, data, 0, (nuint)values.Length * 4);
        }
    }

    /// <summary>Reads values from the front.</summary>
    public unsafe void Read<T>(Span<T> values)
        where T : unmanaged
    {
        Require(values.Length <= Count && sizeof(T) == 4, "No more values can be read than the tensor holds.");
        fixed (T* data = values)
        {
            BackendNative.Get(Pointer, data, 0, (nuint)values.Length * 4);
        }
    }

    internal static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException(rule);
        }
    }
}
