namespace MemOS.Text.Languages;

/// <summary>A language that texts are analysed in.</summary>
internal enum TextLanguage
{
    /// <summary>English, and whatever is not recognised: most words that two people share in any language survive the English rules.</summary>
    English = 0,

    /// <summary>German.</summary>
    German = 1,

    /// <summary>French.</summary>
    French = 2,

    /// <summary>Spanish.</summary>
    Spanish = 3,

    /// <summary>Italian.</summary>
    Italian = 4,

    /// <summary>Portuguese.</summary>
    Portuguese = 5,

    /// <summary>Dutch.</summary>
    Dutch = 6,

    /// <summary>Swedish.</summary>
    Swedish = 7,

    /// <summary>Russian.</summary>
    Russian = 8,
}
