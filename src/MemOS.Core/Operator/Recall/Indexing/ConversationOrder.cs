namespace MemOS.Operator.Recall.Indexing;

/// <summary>The live documents of one conversation in the order of its messages: turns in one list, what was read out of them in the other.</summary>
/// <remarks>For the writer.</remarks>
internal sealed class ConversationOrder
{
    private (long Message, int Start) _lastTurn;
    private (long Message, int Start) _lastDerived;
    private bool _isOrdered = true;

    /// <summary>The turns.</summary>
    public List<int> Turns { get; } = [];

    /// <summary>What was read out of the turns.</summary>
    public List<int> Derived { get; } = [];

    /// <summary>The place of the first document that does not come before the given place in the conversation.</summary>
    public static int PlaceOf(List<int> documents, Columns columns, long message, int start)
    {
        int low = 0;
        int high = documents.Count;
        if (high > 0 && Compare(columns, documents[^1], message, start) < 0)
        {
            return high; // the common case: the newest message
        }

        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Compare(columns, documents[middle], message, start) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Where a document stands in the list.</summary>
    public static int IndexOf(List<int> documents, Columns columns, int document)
    {
        int at = PlaceOf(documents, columns, columns.Message[document], columns.Start[document]);
        while (documents[at] != document)
        {
            at++;
        }

        return at;
    }

    /// <summary>Appends a document with a number above all others; the order holds after <see cref="PutInOrder"/>.</summary>
    public void Append(Columns columns, int document, long message)
    {
        bool isDerived = columns.Has(document, DocumentFlags.Derived);
        List<int> documents = isDerived ? Derived : Turns;
        ref (long Message, int Start) last = ref isDerived ? ref _lastDerived : ref _lastTurn;
        (long Message, int Start) place = (message, columns.Start[document]);
        int step = place.CompareTo(last);
        _isOrdered &= documents.Count == 0 || step > 0 || (step == 0 && isDerived);
        documents.Add(document);
        last = place;
    }

    /// <summary>Puts what was appended where insertion one by one would have put it: of turns with the same place the newest comes first.</summary>
    public void PutInOrder(Columns columns)
    {
        if (_isOrdered)
        {
            return;
        }

        Turns.Sort((left, right) => Compare(columns, left, columns.Message[right], columns.Start[right]) is not 0 and int order ? order : right.CompareTo(left));
        Derived.Sort((left, right) => Compare(columns, left, columns.Message[right], columns.Start[right]) is not 0 and int order ? order : left.CompareTo(right));
        _isOrdered = true;
    }

    private static int Compare(Columns columns, int document, long message, int start)
    {
        int order = columns.Message[document].CompareTo(message);
        return order != 0 ? order : columns.Start[document].CompareTo(start);
    }
}
