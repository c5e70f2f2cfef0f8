using System.Collections.Immutable;
using System.Globalization;
using MemOS.Reader;

namespace MemOS.Evaluation.Datasets;

/// <summary>Puts together the messages of a conversation, session by session, a second apart unless the data set says more.</summary>
internal sealed class MessageList
{
    private readonly ImmutableArray<Message>.Builder _messages = ImmutableArray.CreateBuilder<Message>();
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private string? _session;
    private DateTimeOffset _time;
    private int _turn;

    /// <summary>The time of conversations whose data set gives none: only their order is known.</summary>
    public static DateTimeOffset Untimed { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The session at hand.</summary>
    public string Session => _session ?? throw new InvalidOperationException("No session was begun.");

    /// <summary>Begins a session. A name that came before gets a number.</summary>
    public string Begin(string name, DateTimeOffset time)
    {
        string unique = name;
        for (int i = 2; !_sessions.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}~{i}");
        }

        (_session, _time, _turn) = (unique, time, 0);
        return unique;
    }

    /// <summary>Adds a message to the session at hand and gives its id; null for one without text, which says nothing.</summary>
    public string? Add(string role, string text, string? id = null)
    {
        string own = id ?? string.Create(CultureInfo.InvariantCulture, $"{Session}#{_turn}");
        _turn++;
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        _messages.Add(new Message
        {
            Id = own,
            Conversation = Session,
            Role = MessageRole.TryParse(role, out MessageRole known) ? known : MessageRole.User,
            Text = WellFormed(text),
            Time = _time,
        });
        _time = _time.AddSeconds(1);
        return own;
    }

    /// <summary>All messages.</summary>
    public ImmutableArray<Message> ToImmutable() => _messages.ToImmutable();

    // Published texts were cut by machines, some in the middle of a character.
    private static string WellFormed(string text)
    {
        char[]? mended = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])))
            {
                (mended ??= text.ToCharArray())[i] = '\uFFFD';
            }
            else if (char.IsHighSurrogate(text[i]))
            {
                i++;
            }
        }

        return mended is null ? text : new string(mended);
    }
}
