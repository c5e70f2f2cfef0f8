using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MemOS.Reader;

namespace MemOS.Evaluation.Retrieval;

/// <summary>Made-up everyday talk that has nothing to do with what is asked: what else a vault holds.</summary>
/// <remarks>Sentences are drawn from lists of this repository. The same seed gives the same talk everywhere; no two messages have the same id.</remarks>
public sealed class SmallTalk
{
    /// <summary>What ids and conversations of made-up messages begin with.</summary>
    public const string Prefix = "made-up-";

    private const int LongestTalk = 30;
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Lists = Read();

    private readonly Random _random;
    private readonly ImmutableArray<string> _names;

    /// <summary>Prepares to talk.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="withoutNames">Names that nobody has and nobody speaks of: those who speak in what is asked about.</param>
    public SmallTalk(int seed, IEnumerable<string?> withoutNames)
    {
        _random = new Random(seed);
        HashSet<string?> without = new(withoutNames, StringComparer.OrdinalIgnoreCase);
        _names = [.. Lists["name"].Where(name => !without.Contains(name))];
    }

    /// <summary>Talks of two people each, up to 30 messages long.</summary>
    /// <param name="messages">How many messages in all.</param>
    /// <param name="from">When the first talk may begin.</param>
    /// <param name="to">When the last one may begin.</param>
    public IEnumerable<Message> Talk(int messages, DateTimeOffset from, DateTimeOffset to)
    {
        int made = 0;
        for (int talk = 0; made < messages; talk++)
        {
            DateTimeOffset time = from + ((to - from) * _random.NextDouble());
            string first = Pick(_names);
            string second = Pick(_names);
            bool isAsked = false;
            for (int left = Math.Min(_random.Next(2, LongestTalk + 1), messages - made); left > 0; left--, made++)
            {
                (string text, isAsked) = Turn(isAsked);
                time = time.AddSeconds(_random.Next(20, 300));
                yield return new Message
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{made}"),
                    Conversation = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{talk}"),
                    Speaker = left % 2 == 0 ? first : second,
                    Text = text,
                    Time = time,
                };
            }
        }
    }

    private (string Text, bool Asks) Turn(bool isAsked)
    {
        StringBuilder text = new();
        if (_random.Next(2) == 0)
        {
            Append(text, Pick(Lists["reply"]));
        }

        if (isAsked)
        {
            Append(text, Pick(Lists["answer"]));
        }

        for (int sentences = _random.Next(isAsked ? 0 : 1, 3); sentences > 0; sentences--)
        {
            Append(text, Pick(Lists["say"]));
        }

        bool asks = text.Length == 0 || _random.Next(3) == 0;
        if (asks)
        {
            Append(text, Pick(Lists["ask"]));
        }

        return (text.ToString(), asks);
    }

    private void Append(StringBuilder text, string sentence)
    {
        int start = text.Append(text.Length > 0 ? " " : "").Length;
        for (int at = 0; at < sentence.Length;)
        {
            int open = sentence.IndexOf('{', at);
            int close = open < 0 ? -1 : sentence.IndexOf('}', open);
            text.Append(sentence, at, (open < 0 ? sentence.Length : open) - at);
            if (open >= 0)
            {
                string list = sentence[(open + 1)..close];
                text.Append(Pick(list == "name" ? _names : Lists[list]));
            }

            at = open < 0 ? sentence.Length : close + 1;
        }

        text[start] = char.ToUpperInvariant(text[start]);
    }

    private string Pick(ImmutableArray<string> list) => list[_random.Next(list.Length)];

    private static FrozenDictionary<string, ImmutableArray<string>> Read()
    {
        using Stream stream = typeof(SmallTalk).Assembly.GetManifestResourceStream("small-talk.txt") ?? throw new InvalidOperationException("The small talk was not built in.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(parts => parts[0], parts => parts[1].Split('|').ToImmutableArray(), StringComparer.Ordinal);
    }
}
