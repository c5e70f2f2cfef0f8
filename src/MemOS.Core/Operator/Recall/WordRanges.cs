namespace MemOS.Operator.Recall;

/// <summary>The runs of letters and digits in a text; an apostrophe ends one.</summary>
internal ref struct WordRanges(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _end;

    /// <summary>The present run.</summary>
    public Range Current { get; private set; }

    /// <summary>The runs.</summary>
    public readonly WordRanges GetEnumerator() => this;

    /// <summary>Goes to the next run; false when there is none.</summary>
    public bool MoveNext()
    {
        int start = _end;
        while (start < _text.Length && !char.IsLetterOrDigit(_text[start]))
        {
            start++;
        }

        _end = start;
        while (_end < _text.Length && char.IsLetterOrDigit(_text[_end]))
        {
            _end++;
        }

        Current = start.._end;
        return start < _text.Length;
    }
}
