namespace MemOS.ModelMaker.Gguf;

/// <summary>The kinds of facts in a model file; the numbers are those of the format.</summary>
internal enum GgufValueType
{
    UInt32 = 4,
    Int32 = 5,
    Float32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
}
