namespace MemOS.Operator.Recall.Indexing;

/// <summary>The live documents of one conversation in the order of its messages: turns in one list, what was read out of them in the other.</summary>
/// <remarks>For the writer.</remarks>
internal sealed class ConversationOrder
{
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

    /// <summary>Puts documents that were appended by number where insertion one by one would have put them.</summary>
    /// <param name="documents">The documents, by number.</param>
    /// <param name="columns">Their properties.</param>
    /// <param name="newestFirst">Whether of documents with the same place the newest comes first.</param>
    public static void Sort(List<int> documents, Columns columns, bool newestFirst)
    {
        for (int i = 1; i < documents.Count; i++)
        {
            if (Order(documents[i - 1], documents[i]) > 0)
            {
                documents.Sort(Order);
                return;
            }
        }

        int Order(int left, int right)
        {
            int order = Compare(columns, left, columns.Message[right], columns.Start[right]);
            return order != 0 ? order : newestFirst ? right.CompareTo(left) : left.CompareTo(right);
        }
    }

    private static int Compare(Columns columns, int document, long message, int start)
    {
        int order = columns.Message[document].CompareTo(message);
        return order != 0 ? order : columns.Start[document].CompareTo(start);
    }
}
