using System.Collections.Concurrent;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Heaps for several threads that look at different documents, merged at the end.</summary>
internal sealed class ConcurrentTop(int capacity)
{
    private readonly ConcurrentBag<TopDocuments> _free = [];

    /// <summary>A heap for one thread's exclusive use.</summary>
    public TopDocuments Rent() => _free.TryTake(out TopDocuments? top) ? top : new TopDocuments(capacity);

    /// <summary>Ends the exclusive use.</summary>
    public void Return(TopDocuments top) => _free.Add(top);

    /// <summary>The best of all heaps.</summary>
    public RankedDocument[] Merge()
    {
        TopDocuments? best = null;
        foreach (TopDocuments top in _free)
        {
            if (best is null)
            {
                best = top;
                continue;
            }

            foreach (RankedDocument document in top.Kept)
            {
                best.Add(document);
            }
        }

        return best is null ? [] : best.Kept.ToArray();
    }
}
