namespace MemOS.Models.Files.Gguf;

/// <summary>Where a tensor of a model file lies.</summary>
/// <param name="Dimensions">Sizes; the first varies fastest.</param>
/// <param name="Encoding">How it is stored; may be one that is not read here.</param>
/// <param name="Offset">In bytes from the beginning of the file.</param>
internal sealed record GgufTensorPlace(long[] Dimensions, TensorEncoding Encoding, long Offset)
{
    public long Count => Dimensions.Aggregate(1L, (product, size) => checked(product * size));
}
