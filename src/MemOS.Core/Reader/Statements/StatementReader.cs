using System.Buffers;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader.Time;

namespace MemOS.Reader.Statements;

/// <summary>
/// Reads facts, events and preferences out of a message by rules, where a rule is sure (paper, MemReader). Questions, suppositions, quotations, reported
/// speech, denials and irony give nothing.
/// </summary>
/// <remarks>Stateless and safe for use from several threads. Linear in the text; never throws on any text.</remarks>
public static class StatementReader
{
    private const int MostWords = 96;
    private const int LongestSpeaker = 100;
    private const int LongestAttribute = 60;

    private static readonly SearchValues<string> Triggers = SearchValues.Create(
        ["I ", "I'", "I\u2019", "im ", "ive ", "my ", "we ", "we'", "we\u2019", "our ", "please", "always", "never", "from now", "call me", "deadline", "meeting", "launch"],
        StringComparison.OrdinalIgnoreCase);

    // A message with one of these is a text to work on, a game, or not meant: whose "I" it is cannot be known.
    private static readonly SearchValues<string> Foreign = SearchValues.Create(
        [
            "translate", "rewrite", "rephrase", "proofread", "paraphrase", "summari", "roleplay", "role-play", "role play", "pretend", "imagine", "act as ",
            "lyrics", "essay", "fiction", "screenplay", "correct this", "grammar", "just kidding", "yeah right", "sarcas", " /s", " jk", "\U0001F644", "\U0001F643",
            "as if!", "not!", "write a", "the sentence", "for example", "e.g.",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The statements of a message, in order; empty when there are none or its first person is not known.</summary>
    public static IReadOnlyList<Statement> Read(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        string text = message.Text;
        bool mayInstruct = message.Role == MessageRole.User && StandingInstructions.MayBeIn(text);
        if (SpeakerKey(message) is null || !(mayInstruct || text.AsSpan().ContainsAny(Triggers)))
        {
            return [];
        }

        List<Statement>? statements = null;
        Span<StatementToken> tokens = stackalloc StatementToken[MostWords];
        foreach ((int start, int length) in InjectionStamp.OwnSpans(text))
        {
            SentenceTokens sentence = new(text, start, start + length, EnglishStatements.Language, tokens);
            while (sentence.MoveNext())
            {
                if (sentence.Count == 0 || sentence.IsQuestion || (sentence.Classes & WordClass.Reported) != 0)
                {
                    continue;
                }

                int before = statements?.Count ?? 0;
                if ((sentence.Classes & WordClass.Unsure) == 0 &&
                    ((sentence.Classes & (WordClass.Person | WordClass.Schedule)) != 0 || IsInstruction(text, tokens[0])))
                {
                    ReadSentence(message, sentence.Start, sentence.End, tokens[..sentence.Count], ref statements);
                }

                if (mayInstruct && (statements?.Count ?? 0) == before && StandingInstructions.Is(text.AsSpan(sentence.Start, sentence.End - sentence.Start)))
                {
                    (statements ??= []).Add(Instruction(message, sentence.Start, sentence.End));
                }
            }
        }

        // Looked for last: few messages get here, and the search goes over the whole text.
        return statements is null || text.AsSpan().ContainsAny(Foreign) ? [] : statements;
    }

    /// <summary>The statements of a cube's own words, read the same way as those of the message that it came from.</summary>
    public static IReadOnlyList<Statement> ReadAgain(MemCube cube) => Read(new Message
    {
        Id = "",
        Text = cube.Text ?? "",
        Time = cube.Descriptive.SaidAt ?? cube.Descriptive.CreatedAt,
        Speaker = cube.Descriptive.Speaker,
        Role = MessageRole.TryParse(cube.Descriptive.Role, out MessageRole role) ? role : MessageRole.User,
    });

    /// <summary>The name under which a speaker's facts are kept: lower case, "user" for a user without a name; null when the first person is not known.</summary>
    public static string? SpeakerKey(Message message)
    {
        bool speaks = message.Role == MessageRole.User || message.Role == MessageRole.Assistant;
        string? name = message.Speaker?.Trim();
        name = string.IsNullOrEmpty(name) ? (message.Role == MessageRole.User ? "user" : null) : name.ToLower(CultureInfo.InvariantCulture).Replace('/', '-');
        return speaks && name?.Length <= LongestSpeaker ? name : null;
    }

    private static bool IsInstruction(string text, StatementToken first) =>
        first.Is(WordClass.Instruction) || text.AsSpan(first.Start).StartsWith("from", StringComparison.OrdinalIgnoreCase);

    private static void ReadSentence(Message message, int start, int end, Span<StatementToken> tokens, ref List<Statement>? statements)
    {
        List<ClauseReading>? found = null;
        SentenceScan scan = new()
        {
            Text = message.Text,
            Language = EnglishStatements.Language,
            Tokens = tokens,
            Reference = message.Time,
            Start = start,
            End = end,
            Mentions = TimeExpressionParser.Parse(message.Text.AsSpan(start, end - start), message.Time),
        };
        int first = 0;
        int lead = 0;
        while (first < tokens.Length)
        {
            int clauseEnd = ClauseReader.End(scan, first);
            SentenceScan clause = scan with { ClauseLead = lead, ClauseEnd = clauseEnd };
            int begin = ClauseReader.Begin(clause, first);
            if (begin < clauseEnd && ClauseReader.TryRead(clause, begin, message, out ClauseReading reading))
            {
                (found ??= []).Add(reading with { Start = tokens[first].Start });
                if (reading.TakesSentence)
                {
                    break;
                }
            }

            // A clause of nothing but a time ("Last week, ...") lends it to the next one.
            lead = begin >= clauseEnd ? lead : clauseEnd;
            first = clauseEnd;
        }

        if (found is null)
        {
            return;
        }

        for (int i = 0; i < found.Count; i++)
        {
            int from = found.Count == 1 ? start : found[i].Start;
            int to = i + 1 < found.Count ? Trimmed(message.Text, from, found[i + 1].Start) : end;
            (statements ??= []).Add(Make(message, found[i], from, to));
        }
    }

    // Without the punctuation and the conjunction that lead over to the next clause.
    private static int Trimmed(string text, int from, int to)
    {
        ReadOnlySpan<char> clause = text.AsSpan(from, to - from).TrimEnd(" \t,;:-\u2014\u2013(");
        return from + clause.Length;
    }

    private static Statement Instruction(Message message, int from, int to) => new()
    {
        Type = SemanticType.Preference,
        Text = message.Text[from..to],
        Start = from,
        Length = to - from,
        Valid = new TimeInterval(message.Time, null),
        Entities = EntityNames.In(message.Text[from..to]),
        Tags = ["instruction"],
    };

    private static Statement Make(Message message, ClauseReading reading, int from, int to)
    {
        string text = message.Text[from..to];
        bool keyed = reading.Attribute.Length is > 0 and <= LongestAttribute;
        return new Statement
        {
            Type = reading.Type,
            Text = text,
            Start = from,
            Length = to - from,
            FactKey = keyed ? $"{SpeakerKey(message)}/{reading.Attribute}" : null,
            Value = reading.Value,
            Valid = reading.Valid,
            Entities = EntityNames.In(text),
            Tags = reading.Tag is { } tag ? [tag] : [],
            IsNegated = reading.IsNegated,
        };
    }
}
