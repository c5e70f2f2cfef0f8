namespace MemOS.Models.Llama;

/// <summary>How the vectors of tokens become that of a text; the numbers are the library's.</summary>
internal enum Pooling
{
    /// <summary>As the model says.</summary>
    OfModel = -1,

    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Their mean.</summary>
    Mean = 1,

    /// <summary>The first.</summary>
    First = 2,

    /// <summary>The last.</summary>
    Last = 3,
}
