namespace MemOS.Models.Files.Gguf;

/// <summary>How values are stored; the numbers are those of the file format.</summary>
internal enum TensorEncoding
{
    F32 = 0,
    F16 = 1,
    Q8_0 = 8,
}
