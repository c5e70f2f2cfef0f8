namespace MemOS.Text;

/// <summary>One line of a step of <see cref="Porter2Stemmer"/>: a suffix, what replaces it, and when.</summary>
internal readonly record struct SuffixRule(string Suffix, string Replacement, SuffixCondition Condition = SuffixCondition.None)
{
    /// <summary>Whether the condition holds.</summary>
    /// <param name="stem">What is left of the suffix.</param>
    /// <param name="second">Where the second region starts.</param>
    public bool Holds(ReadOnlySpan<char> stem, int second) =>
        Condition switch
        {
            SuffixCondition.AfterL => !stem.IsEmpty && stem[^1] == 'l',
            SuffixCondition.AfterLiEnding => !stem.IsEmpty && "cdeghkmnrt".Contains(stem[^1]),
            SuffixCondition.AfterSOrT => !stem.IsEmpty && stem[^1] is 's' or 't',
            SuffixCondition.InSecondRegion => stem.Length >= second,
            _ => true,
        };
}
