namespace MemOS.Models.Files.Gguf;

/// <summary>Where a tensor of a model file lies.</summary>
/// <param name="Dimensions">Sizes; the first varies fastest.</param>
/// <param name="Encoding">How it is stored; may be one that is not read here.</param>
/// <param name="Offset">In bytes from the beginning of the file.</param>
internal sealed record GgufTensorPlace(long[] Dimensions, TensorEncoding Encoding, long Offset)
{
    public long Count => Dimensions.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Bytes that it takes; those of a value each where it is stored in a way that is not read here.</summary>
    public long Bytes => Encoding switch
    {
        TensorEncoding.F32 => Count * sizeof(float),
        TensorEncoding.F16 => Count * sizeof(ushort),
        TensorEncoding.Q8_0 => (Count + 31) / 32 * 34,
        _ => Count,
    };
}
