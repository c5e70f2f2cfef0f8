namespace MemOS.Text;

/// <summary>What must stand before a suffix, besides its region, for a <see cref="SuffixRule"/> to fire.</summary>
internal enum SuffixCondition
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>An 'l'.</summary>
    AfterL = 1,

    /// <summary>One of the letters that a deleted "li" may follow.</summary>
    AfterLiEnding = 2,

    /// <summary>An 's' or a 't'.</summary>
    AfterSOrT = 3,

    /// <summary>The suffix lies in the second region.</summary>
    InSecondRegion = 4,
}
