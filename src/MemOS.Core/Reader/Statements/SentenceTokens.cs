namespace MemOS.Reader.Statements;

/// <summary>Cuts a text into sentences of words, one after the other; linear in the text.</summary>
/// <remarks>What stands in code (fences and back quotes) and in quoted lines gives no words. A sentence with too many words comes out empty.</remarks>
internal ref struct SentenceTokens(string text, int start, int end, StatementLanguage language, Span<StatementToken> tokens)
{
    private readonly Span<StatementToken> _tokens = tokens;
    private int _position = start;
    private bool _quoted;
    private bool _lineStart = true;

    /// <summary>The words of the sentence at hand.</summary>
    public int Count { get; private set; }

    /// <summary>Where the sentence begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, closing punctuation included.</summary>
    public int End { get; private set; }

    /// <summary>Whether it is a question.</summary>
    public bool IsQuestion { get; private set; }

    /// <summary>What any of its words can be.</summary>
    public WordClass Classes { get; private set; }

    /// <summary>Goes to the next sentence; false at the end.</summary>
    public bool MoveNext()
    {
        Count = 0;
        Start = -1;
        Classes = WordClass.None;
        IsQuestion = false;
        bool tooLong = false;
        char cut = '\0';
        while (_position < end)
        {
            char c = text[_position];
            if (_lineStart && !char.IsWhiteSpace(c))
            {
                _lineStart = false;
                if (c == '>')
                {
                    SkipTo('\n');
                    continue;
                }
            }

            if (char.IsLetterOrDigit(c))
            {
                int wordEnd = WordEnd(_position);
                Start = Start < 0 ? _position : Start;
                tooLong |= Count == _tokens.Length;
                if (!tooLong)
                {
                    Add(wordEnd, cut);
                }

                cut = '\0';
                _position = wordEnd;
                continue;
            }

            switch (c)
            {
                case '`':
                    SkipCode();
                    cut = ';'; // what was cut out may hold the sense: no rule reads across it
                    continue;
                case '"':
                    _quoted = !_quoted;
                    break;
                case '\u201C' or '\u00AB':
                    _quoted = true;
                    break;
                case '\u201D' or '\u00BB':
                    _quoted = false;
                    break;
                case '\'' or '\u2018' when _position + 1 < end && char.IsLetter(text[_position + 1]) && (_position == 0 || char.IsWhiteSpace(text[_position - 1])):
                    _quoted = true;
                    break;
                case '\n':
                    _lineStart = true;
                    _quoted = false;
                    break;
                case ',' or ';' or ':' or '(' or ')' or '\u2014' or '\u2013' or '[' or ']' or '*' or '/':
                    cut = c;
                    break;
                case '-' when _position + 1 < end && (char.IsWhiteSpace(text[_position + 1]) || text[_position + 1] == '-'):
                    cut = '-';
                    break;
            }

            _position++;
            if (c is '!' or '?' or '\n' or '\u2026' || (c == '.' && IsFullStop(_position - 1)))
            {
                IsQuestion |= c == '?';
                while (c != '\n' && _position < end && text[_position] is '!' or '?' or '.' or '\u2026' or '"' or '\u201D' or ')')
                {
                    IsQuestion |= text[_position] == '?';
                    _quoted &= text[_position] is not ('"' or '\u201D');
                    _position++;
                }

                if (Start >= 0)
                {
                    break;
                }
            }
        }

        if (Start < 0)
        {
            return false;
        }

        End = _position;
        while (End > Start && char.IsWhiteSpace(text[End - 1]))
        {
            End--;
        }

        Count = tooLong ? 0 : Count;
        return true;
    }

    private void Add(int wordEnd, char cut)
    {
        ReadOnlySpan<char> word = text.AsSpan(_position, wordEnd - _position);
        int number = language.Number(word);
        WordClass classes = language.Classes(number);
        Classes |= classes;
        _tokens[Count++] = new StatementToken(_position, wordEnd, number, classes, cut, _quoted);
    }

    private readonly int WordEnd(int from)
    {
        int at = from;
        while (at < end)
        {
            char c = text[at];
            bool inside = char.IsLetterOrDigit(c)
                || (at + 1 < end && c is '\'' or '\u2019' or '-' && char.IsLetterOrDigit(text[at + 1]))
                || (at + 1 < end && c is '.' or ',' or ':' && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]))
                || (c == '.' && at + 1 < end && char.IsLetter(text[at + 1]) && (at - from == 1 || (at >= from + 2 && text[at - 2] == '.'))); // a.m, U.S
            if (!inside)
            {
                break;
            }

            at++;
        }

        return at;
    }

    // A point ends a sentence before white space, unless it belongs to an abbreviation or an initial.
    private readonly bool IsFullStop(int at)
    {
        if (at + 1 < end && !char.IsWhiteSpace(text[at + 1]) && text[at + 1] is not ('.' or '"' or '\u201D' or ')'))
        {
            return false;
        }

        if (Count == 0)
        {
            return true;
        }

        StatementToken last = _tokens[Count - 1];
        if (last.End != at)
        {
            return true;
        }

        ReadOnlySpan<char> word = text.AsSpan(last.Start, last.End - last.Start);
        int next = at + 1;
        while (next < end && text[next] == ' ')
        {
            next++;
        }

        bool goesOn = next < end && (char.IsLower(text[next]) || char.IsAsciiDigit(text[next]));
        return word switch
        {
            "Mr" or "Mrs" or "Ms" or "Dr" or "St" or "Prof" or "Mt" => false,
            "vs" or "etc" or "approx" or "no" or "No" => !goesOn,
            { Length: 1 } => !char.IsUpper(word[0]) || word[0] == 'I',
            { Length: 3 } when word[1] == '.' => !goesOn,
            _ => true,
        };
    }

    private void SkipCode()
    {
        if (text.AsSpan(_position, end - _position).StartsWith("```"))
        {
            int close = text.IndexOf("```", _position + 3, end - _position - 3, StringComparison.Ordinal);
            _position = close < 0 ? end : close + 3;
            return;
        }

        int tick = text.IndexOf('`', _position + 1, end - _position - 1);
        _position = tick < 0 ? _position + 1 : tick + 1;
    }

    private void SkipTo(char mark)
    {
        int at = text.IndexOf(mark, _position, end - _position);
        _position = at < 0 ? end : at;
    }
}
