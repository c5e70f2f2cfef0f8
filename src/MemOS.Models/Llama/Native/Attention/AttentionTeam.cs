using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary>The threads of a context that compute attention, each with a tile of its own. One operation at a time.</summary>
internal sealed unsafe class AttentionTeam : IDisposable
{
    private readonly Dictionary<int, AttentionTile[]> tiles = []; // by head size, of which a model has one or two

    /// <summary>How many threads take part, the caller's among them.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Computes an operation. Nothing of the texts is left in the tiles.</summary>
    public void Compute(NativeTensor* operation)
    {
        AttentionWork work = new(operation);
        AttentionTile[] own = Tiles(work.HeadSize);
        int next = 0;
        if (Threads == 1)
        {
            Take(own[0]);
            return;
        }

        Parallel.For(0, Threads, thread => Take(own[thread]));

        // Tiles at the end of a text see more keys and come last: whoever is free takes the next.
        void Take(AttentionTile tile)
        {
            for (int number; (number = Interlocked.Increment(ref next) - 1) < work.Tiles;)
            {
                work.Compute(number, tile);
            }

            tile.Clear();
        }
    }

    public void Dispose()
    {
        foreach (AttentionTile tile in tiles.Values.SelectMany(own => own))
        {
            tile.Dispose();
        }

        tiles.Clear();
    }

    private AttentionTile[] Tiles(int size)
    {
        ref AttentionTile[]? own = ref CollectionsMarshal.GetValueRefOrAddDefault(tiles, size, out _);
        if (own is null || own.Length < Threads)
        {
            own = [.. own ?? [], .. Enumerable.Range(own?.Length ?? 0, Threads - (own?.Length ?? 0)).Select(_ => new AttentionTile(size))];
        }

        return own;
    }
}
