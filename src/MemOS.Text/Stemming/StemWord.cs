namespace MemOS.Text.Stemming;

/// <summary>A word that a stemmer works on, in place.</summary>
/// <param name="letters">The word, in lower case; overwritten.</param>
internal ref struct StemWord(Span<char> letters)
{
    /// <summary>The room of the word: what is left of it stands at the start.</summary>
    public Span<char> Letters { get; } = letters;

    /// <summary>How long the word is by now.</summary>
    public int Length { get; private set; } = letters.Length;

    /// <summary>Where the region R1 starts.</summary>
    public int First { get; set; } = letters.Length;

    /// <summary>Where the region R2 starts.</summary>
    public int Second { get; set; } = letters.Length;

    /// <summary>Where the region RV, in which verbs have their endings, starts.</summary>
    public int Verbal { get; set; } = letters.Length;

    /// <summary>The word by now.</summary>
    public readonly ReadOnlySpan<char> Text => Letters[..Length];

    /// <summary>Whether it ends in a suffix.</summary>
    public readonly bool EndsIn(ReadOnlySpan<char> suffix) => Text.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>Whether a suffix stands right before a place.</summary>
    public readonly bool EndsIn(ReadOnlySpan<char> suffix, int before) => Letters[..before].EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>The letter before a place, or '\0'.</summary>
    public readonly char Before(int at) => at > 0 ? Letters[at - 1] : '\0';

    /// <summary>Cuts off what stands from a place on.</summary>
    public void CutAt(int start) => Length = start;

    /// <summary>Cuts off what stands from a place on if that lies in a region.</summary>
    public bool CutAt(int start, int region)
    {
        if (start < region)
        {
            return false;
        }

        Length = start;
        return true;
    }

    /// <summary>Cuts off a suffix if the word ends in it and it lies in a region.</summary>
    public bool Cut(ReadOnlySpan<char> suffix, int region) => EndsIn(suffix) && CutAt(Length - suffix.Length, region);

    /// <summary>Puts something in the place of what stands from a place on; never longer than the word was at first.</summary>
    public void Replace(int start, ReadOnlySpan<char> replacement)
    {
        replacement.CopyTo(Letters[start..]);
        Length = start + replacement.Length;
    }

    /// <summary>As <see cref="Replace(int, ReadOnlySpan{char})"/>, if the place lies in a region.</summary>
    public bool Replace(int start, ReadOnlySpan<char> replacement, int region)
    {
        if (start < region)
        {
            return false;
        }

        Replace(start, replacement);
        return true;
    }

    /// <summary>Sets R1 and R2: each starts after the first consonant that follows a vowel, R2 within R1.</summary>
    public void MarkRegions(ReadOnlySpan<char> vowels)
    {
        First = After(vowels, 0);
        Second = After(vowels, First);
    }

    /// <summary>
    /// Sets RV as Romance languages have it: if the second letter is a consonant, after the next vowel; if the word begins with two vowels, after the next
    /// consonant; else after the third letter.
    /// </summary>
    public void MarkVerbalRegion(ReadOnlySpan<char> vowels)
    {
        if (Length < 3)
        {
            return;
        }

        var second = vowels.Contains(Letters[1]);
        if (second && !vowels.Contains(Letters[0]))
        {
            Verbal = 3;
            return;
        }

        for (var i = 2; i < Length; i++)
        {
            if (vowels.Contains(Letters[i]) != second)
            {
                Verbal = i + 1;
                return;
            }
        }
    }

    private readonly int After(ReadOnlySpan<char> vowels, int start)
    {
        for (var i = start + 1; i < Length; i++)
        {
            if (vowels.Contains(Letters[i - 1]) && !vowels.Contains(Letters[i]))
            {
                return i + 1;
            }
        }

        return Length;
    }
}
