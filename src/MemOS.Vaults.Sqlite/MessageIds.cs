namespace MemOS.Vaults.Sqlite;

/// <summary>Finds the numbers of messages by their ids, for the thread that has the writer's turn.</summary>
/// <remarks>
/// An id that a plan looked up and did not find is asked for again when its change is checked; nothing is written in between, so it is remembered until
/// <see cref="Begin"/>.
/// </remarks>
internal sealed class MessageIds(Database database, NumberedNames conversations)
{
    private readonly Statement _find = database.Prepare("SELECT number FROM message WHERE conversation = ? AND id = ?");
    private readonly HashSet<(string? Conversation, string Id)> _absent = [];

    /// <summary>Forgets what was not there: a plan begins, or a change has been checked and its messages are about to be written.</summary>
    public void Begin() => _absent.Clear();

    /// <summary>The number of a stored message, or null.</summary>
    public long? Find(string? conversation, string id)
    {
        if (_absent.Contains((conversation, id)))
        {
            return null;
        }

        long? number = conversation is null ? 0 : conversations.Find(conversation);
        long? found = number is { } known ? Read(known, id) : null;
        if (found is null)
        {
            _absent.Add((conversation, id));
        }

        return found;
    }

    private long? Read(long conversation, string id)
    {
        try
        {
            _find.Bind(0, conversation);
            _find.Bind(1, id);
            return _find.Step() ? _find.Int64(0) : null;
        }
        finally
        {
            _find.Reset();
        }
    }
}
