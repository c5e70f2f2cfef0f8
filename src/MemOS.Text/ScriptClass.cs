namespace MemOS.Text;

/// <summary>How <see cref="TextAnalyzer"/> treats a code point.</summary>
internal enum ScriptClass
{
    /// <summary>Ends a token.</summary>
    Separator = 0,

    /// <summary>Part of a word.</summary>
    Word = 1,

    /// <summary>A mark that matching ignores; does not end a token.</summary>
    Ignored = 2,

    /// <summary>A character of a script that is written without spaces: becomes bigrams.</summary>
    Ideograph = 3,
}
