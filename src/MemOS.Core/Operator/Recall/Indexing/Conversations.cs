namespace MemOS.Operator.Recall.Indexing;

/// <summary>Keeps the order of each conversation, cuts it into sessions, and links turns with their neighbours and with what was read out of them.</summary>
/// <remarks>
/// For the writer, which hands in the newest columns. Readers follow the links while they change; what they may see is a neighbour too many or too
/// few for a moment. A pause longer than the gap begins a new session, in whatever order the turns arrive.
/// </remarks>
internal sealed class Conversations(TimeSpan gap)
{
    private readonly Dictionary<int, ConversationOrder> _orders = [];
    private int[] _sessionLengths = new int[4];
    private int _sessionCount;
    private int _unordered;

    /// <summary>Continues the conversations of a snapshot of so many documents, which are put in order before the first change.</summary>
    public Conversations(TimeSpan gap, int[] sessionLengths, int documents)
        : this(gap) => (_sessionLengths, _sessionCount, _unordered) = (sessionLengths, sessionLengths.Length, documents);

    /// <summary>How many words the live turns of each session have together.</summary>
    public ReadOnlySpan<int> SessionLengths
    {
        get
        {
            int count = Volatile.Read(ref _sessionCount); // before the array, which is at least as new
            return Volatile.Read(ref _sessionLengths).AsSpan(0, count);
        }
    }

    /// <summary>Puts a new document in its place.</summary>
    public void Add(Columns columns, int document)
    {
        if (columns.Message[document] == Columns.NoTime)
        {
            return;
        }

        ConversationOrder order = OrderOf(columns, document);
        if (columns.Has(document, DocumentFlags.Derived))
        {
            InsertDerived(columns, order, document);
        }
        else
        {
            InsertTurn(columns, order, document);
        }
    }

    /// <summary>Takes a document out.</summary>
    public void Remove(Columns columns, int document)
    {
        if (columns.Message[document] == Columns.NoTime)
        {
            return;
        }

        ConversationOrder order = OrderOf(columns, document);
        if (columns.Has(document, DocumentFlags.Derived))
        {
            order.Derived.RemoveAt(ConversationOrder.IndexOf(order.Derived, columns, document));
            Unlink(columns, document);
        }
        else
        {
            int at = ConversationOrder.IndexOf(order.Turns, columns, document);
            order.Turns.RemoveAt(at);
            _sessionLengths[columns.Session[document]] -= columns.Length[document];
            Resolve(columns, order.Turns, at);
            Join(columns, order.Turns, at);
            Adopt(columns, order, columns.Message[document]);
        }
    }

    private static void Unlink(Columns columns, int document)
    {
        int parent = columns.Parent[document];
        if (parent < 0)
        {
            return;
        }

        columns.Parent[document] = Columns.None;
        if (columns.FirstDerived[parent] == document)
        {
            columns.FirstDerived[parent] = columns.NextDerived[document];
            return;
        }

        int at = columns.FirstDerived[parent];
        while (at >= 0 && columns.NextDerived[at] != document)
        {
            at = columns.NextDerived[at];
        }

        if (at >= 0)
        {
            columns.NextDerived[at] = columns.NextDerived[document];
        }
    }

    private static void InsertDerived(Columns columns, ConversationOrder order, int document)
    {
        List<int> derived = order.Derived;
        long message = columns.Message[document];
        int at = ConversationOrder.PlaceOf(derived, columns, message, columns.Start[document]);
        while (at < derived.Count && columns.Message[derived[at]] == message && columns.Start[derived[at]] == columns.Start[document])
        {
            at++;
        }

        derived.Insert(at, document);
        Link(columns, order, document);
    }

    private void InsertTurn(Columns columns, ConversationOrder order, int document)
    {
        List<int> turns = order.Turns;
        int at = ConversationOrder.PlaceOf(turns, columns, columns.Message[document], columns.Start[document]);
        bool afterBreak = at == 0 || !AreClose(columns, turns[at - 1], document);
        if (at < turns.Count && at > 0 && columns.Session[turns[at - 1]] == columns.Session[turns[at]] &&
            (afterBreak || !AreClose(columns, document, turns[at])))
        {
            Relabel(columns, turns, at, NewSession()); // it cuts the session in two
        }

        columns.Session[document] = !afterBreak ? columns.Session[turns[at - 1]]
            : at < turns.Count && AreClose(columns, document, turns[at]) ? columns.Session[turns[at]]
            : NewSession();
        _sessionLengths[columns.Session[document]] += columns.Length[document];
        turns.Insert(at, document);
        Resolve(columns, turns, at + 1);
        Join(columns, turns, at);
        Join(columns, turns, at + 1);
        Adopt(columns, order, columns.Message[document]);
    }

    /// <summary>Joins or parts the sessions of two turns that have become neighbours: the one at a place and the one before it.</summary>
    private void Resolve(Columns columns, List<int> turns, int at)
    {
        if (at == 0 || at >= turns.Count)
        {
            return;
        }

        int before = columns.Session[turns[at - 1]];
        bool close = AreClose(columns, turns[at - 1], turns[at]);
        if (close != (before == columns.Session[turns[at]]))
        {
            Relabel(columns, turns, at, close ? before : NewSession());
        }
    }

    /// <summary>Gives the rest of a session, from a place on, another number.</summary>
    private void Relabel(Columns columns, List<int> turns, int at, int session)
    {
        int old = columns.Session[turns[at]];
        for (; at < turns.Count && columns.Session[turns[at]] == old; at++)
        {
            columns.Session[turns[at]] = session;
            _sessionLengths[old] -= columns.Length[turns[at]];
            _sessionLengths[session] += columns.Length[turns[at]];
        }
    }

    /// <summary>Links what was read out of a message with the turns that stand for it now.</summary>
    private static void Adopt(Columns columns, ConversationOrder order, long message)
    {
        if (order.Derived.Count == 0)
        {
            return;
        }

        int first = ConversationOrder.PlaceOf(order.Derived, columns, message, int.MinValue);
        for (int i = first; i < order.Derived.Count && columns.Message[order.Derived[i]] == message; i++)
        {
            Unlink(columns, order.Derived[i]);
        }

        for (int i = first; i < order.Derived.Count && columns.Message[order.Derived[i]] == message; i++)
        {
            Link(columns, order, order.Derived[i]);
        }
    }

    private static void Link(Columns columns, ConversationOrder order, int document)
    {
        // The last turn of the same message that does not start after the document; the first one when all do.
        List<int> turns = order.Turns;
        long message = columns.Message[document];
        int at = ConversationOrder.PlaceOf(turns, columns, message, int.MinValue);
        int parent = Columns.None;
        while (at < turns.Count && columns.Message[turns[at]] == message && (parent < 0 || columns.Start[turns[at]] <= columns.Start[document]))
        {
            parent = turns[at++];
        }

        if (parent >= 0)
        {
            columns.NextDerived[document] = columns.FirstDerived[parent];
            columns.FirstDerived[parent] = document;
        }

        columns.Parent[document] = parent;
    }

    /// <summary>Links the turn at a place with the one before it.</summary>
    private static void Join(Columns columns, List<int> turns, int at)
    {
        int before = at > 0 ? turns[at - 1] : Columns.None;
        int after = at < turns.Count ? turns[at] : Columns.None;
        bool same = before >= 0 && after >= 0 && columns.Session[before] == columns.Session[after];
        if (before >= 0)
        {
            columns.Next[before] = same ? after : Columns.None;
        }

        if (after >= 0)
        {
            columns.Previous[after] = same ? before : Columns.None;
        }
    }

    private bool AreClose(Columns columns, int earlier, int later)
    {
        (long from, long to) = (columns.SaidAt[earlier], columns.SaidAt[later]);
        return from == Columns.NoTime || to == Columns.NoTime || Math.Abs(to - from) <= gap.Ticks;
    }

    private void PutInOrder(Columns columns)
    {
        int documents = _unordered;
        _unordered = 0;
        (int Conversation, ConversationOrder Order)? last = null; // turns of a conversation mostly stand together
        for (int document = 0; document < documents; document++)
        {
            long message = columns.Message[document];
            if (message != Columns.NoTime)
            {
                int conversation = columns.Conversation[document];
                ConversationOrder order = last is { } known && known.Conversation == conversation ? known.Order : OrderOf(columns, document);
                last = (conversation, order);
                order.Append(columns, document, message);
            }
        }

        foreach (ConversationOrder order in _orders.Values)
        {
            order.PutInOrder(columns);
        }
    }

    private ConversationOrder OrderOf(Columns columns, int document)
    {
        if (_unordered > 0)
        {
            PutInOrder(columns);
        }

        int conversation = columns.Conversation[document];
        if (!_orders.TryGetValue(conversation, out ConversationOrder? order))
        {
            order = new ConversationOrder();
            _orders.Add(conversation, order);
        }

        return order;
    }

    private int NewSession()
    {
        if (_sessionCount == _sessionLengths.Length)
        {
            int[] larger = new int[_sessionCount + (_sessionCount >> 1) + 4];
            _sessionLengths.CopyTo(larger, 0);
            Volatile.Write(ref _sessionLengths, larger);
        }

        Volatile.Write(ref _sessionCount, _sessionCount + 1);
        return _sessionCount - 1;
    }
}
