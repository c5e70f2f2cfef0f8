namespace MemOS.Operator.Recall.Ranking;

/// <summary>Keeps the best so many documents: a heap with the worst of them on top.</summary>
internal sealed class TopDocuments(int capacity)
{
    private readonly RankedDocument[] _heap = new RankedDocument[capacity];
    private int _count;

    /// <summary>Only a score above this, or equal to it, can still come in.</summary>
    public float Threshold { get; private set; } = float.Epsilon;

    /// <summary>The documents kept, in no order.</summary>
    public ReadOnlySpan<RankedDocument> Kept => _heap.AsSpan(0, _count);

    /// <summary>Takes a document if it is good enough.</summary>
    public void Add(RankedDocument document)
    {
        if (_count < _heap.Length)
        {
            _heap[_count] = document;
            SiftUp(_count++);
        }
        else if (document.CompareTo(_heap[0]) < 0)
        {
            _heap[0] = document;
            SiftDown();
        }

        if (_count == _heap.Length)
        {
            Threshold = _heap[0].Score;
        }
    }

    private void SiftUp(int at)
    {
        while (at > 0 && _heap[at].CompareTo(_heap[(at - 1) / 2]) > 0)
        {
            (_heap[at], _heap[(at - 1) / 2]) = (_heap[(at - 1) / 2], _heap[at]);
            at = (at - 1) / 2;
        }
    }

    private void SiftDown()
    {
        int at = 0;
        while (true)
        {
            int worst = at;
            for (int child = (2 * at) + 1; child <= (2 * at) + 2 && child < _count; child++)
            {
                worst = _heap[child].CompareTo(_heap[worst]) > 0 ? child : worst;
            }

            if (worst == at)
            {
                return;
            }

            (_heap[at], _heap[worst]) = (_heap[worst], _heap[at]);
            at = worst;
        }
    }
}
