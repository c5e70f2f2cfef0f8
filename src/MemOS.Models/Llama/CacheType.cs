namespace MemOS.Models.Llama;

/// <summary>How the keys and values of a context are kept; the numbers are the library's.</summary>
internal enum CacheType
{
    /// <summary>32 bits.</summary>
    F32 = 0,

    /// <summary>16 bits, the default.</summary>
    F16 = 1,

    /// <summary>4 bits with a scale for 32 values.</summary>
    Q4_0 = 2,

    /// <summary>8 bits with a scale for 32 values.</summary>
    Q8_0 = 8,
}
