using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker.Gguf;

/// <summary>A tensor of a model file; the first dimension varies fastest.</summary>
/// <param name="Name">Its name, as the kind of model expects it.</param>
/// <param name="Dimensions">Sizes.</param>
/// <param name="Encoding">How it is stored.</param>
/// <param name="FillRow">Gives the values of a row, asked for in order.</param>
internal sealed record GgufTensor(string Name, long[] Dimensions, TensorEncoding Encoding, Action<long, Span<float>> FillRow)
{
    public int RowLength => (int)Dimensions[0];

    public long Rows => Dimensions.Skip(1).Aggregate(1L, (product, size) => product * size);

    public long Bytes => Rows * RowEncoder.RowBytes(Encoding, RowLength);
}
