using System.Globalization;
using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>A sentence as the rules see it: its words, the times it names, and the limits of the clause at hand.</summary>
internal readonly ref struct SentenceScan
{
    public required string Text { get; init; }

    public required StatementLanguage Language { get; init; }

    public required Span<StatementToken> Tokens { get; init; }

    public required DateTimeOffset Reference { get; init; }

    /// <summary>Where the sentence begins in the message.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends.</summary>
    public required int End { get; init; }

    /// <summary>The times it names, read as past; places count from <see cref="Start"/>.</summary>
    public required IReadOnlyList<TimeMention> Mentions { get; init; }

    /// <summary>The first word of the clause, from where times count too.</summary>
    public int ClauseLead { get; init; }

    /// <summary>The word after the clause.</summary>
    public int ClauseEnd { get; init; }

    /// <summary>Where the clause ends in the message.</summary>
    public int ClauseEndsAt => ClauseEnd < Tokens.Length ? Tokens[ClauseEnd - 1].End : End;

    public ReadOnlySpan<char> Word(int token) => Text.AsSpan(Tokens[token].Start, Tokens[token].End - Tokens[token].Start);

    public bool Is(int token, string word) => token < ClauseEnd && token < Tokens.Length && Word(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsCapital(int token) => char.IsUpper(Text[Tokens[token].Start]);

    /// <summary>The words from one token to before another, in lower case with single spaces.</summary>
    public string Value(int from, int to)
    {
        List<string> words = new(to - from);
        for (int i = from; i < to; i++)
        {
            if (!Tokens[i].IsSkipped)
            {
                words.Add(Word(i).ToString().ToLower(CultureInfo.InvariantCulture).Replace('\u2019', '\''));
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>The mention that a token lies in, or null.</summary>
    public TimeMention? MentionAt(int token)
    {
        foreach (TimeMention mention in Mentions)
        {
            if (Tokens[token].Start >= Start + mention.Start && Tokens[token].Start < Start + mention.Start + mention.Length)
            {
                return mention;
            }
        }

        return null;
    }

    /// <summary>The next token that is not set aside.</summary>
    public int Next(int token)
    {
        while (token < ClauseEnd && Tokens[token].IsSkipped)
        {
            token++;
        }

        return token;
    }

    /// <summary>The one time that the clause names, in the given direction; null when there is none, or it is vague, or there are several.</summary>
    public TimeMention? OnlyMention(TimeDirection direction)
    {
        IReadOnlyList<TimeMention> mentions = direction == TimeDirection.Past || Mentions.Count == 0
            ? Mentions
            : TimeExpressionParser.Parse(Text.AsSpan(Start, End - Start), Reference, direction);
        TimeMention? only = null;
        foreach (TimeMention mention in mentions)
        {
            int at = Start + mention.Start;
            if (at < Tokens[ClauseLead].Start || at >= ClauseEndsAt)
            {
                continue;
            }

            if (mention.IsVague || only is not null)
            {
                return null;
            }

            only = mention;
        }

        return only;
    }
}
