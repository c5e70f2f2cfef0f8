using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary>Attention of a tile: up to 128 rows, which are tokens of the query heads that share a head of keys, over all keys, 64 at a time. One thread at a time; owns its memory.</summary>
/// <remarks>
/// The sums of a row are kept as its maximum rises (FlashAttention, arXiv 2205.14135). Everything lies with rows side by side, so that sixteen rows go through the soft max at once
/// and no key has to be turned: a key's value is multiplied into sixteen rows of queries. Rows that share keys (grouped queries) are widened from 16 bits once for all. What a row
/// becomes depends on its query and its keys alone, not on the rows beside it: in which runs a text is computed changes nothing. Compiled to the end at once: the first text of a process is as long as any.
/// </remarks>
internal sealed unsafe class AttentionTile : IDisposable
{
    public const int Rows = 128;

    private const int Panel = 64; // rows side by side; 64 keys of a panel stay in the nearest cache
    private const int Keys = 64;
    private const int Lanes = 16;
    private const int Step = 4; // keys, or values, that go through a panel together
    private const ushort Hidden = 0xFC00; // minus infinity

    private readonly int size;
    private readonly nuint bytes;
    private readonly float* queries, scores, sums, wide, scales, totals, tops;

    /// <summary>Takes its memory.</summary>
    /// <param name="size">Values of a head, a multiple of 16.</param>
    public AttentionTile(int size)
    {
        this.size = size;
        bytes = (nuint)((2 * Rows * size) + (Rows * Keys) + (Keys * size) + (3 * Rows)) * sizeof(float);
        queries = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        sums = queries + (Rows * size);
        scores = sums + (Rows * size);
        wide = scores + (Rows * Keys);
        scales = wide + (Keys * size);
        totals = scales + Rows;
        tops = totals + Rows;
    }

    public void Dispose() => NativeMemory.AlignedFree(queries);

    /// <summary>Overwrites what is left of texts.</summary>
    public void Clear() => NativeMemory.Clear(queries, bytes);

    /// <summary>Computes the tile.</summary>
    /// <param name="work">The operation.</param>
    /// <param name="group">The head of keys.</param>
    /// <param name="first">The first token.</param>
    /// <param name="tokens">How many.</param>
    public void Compute(in AttentionWork work, int group, int first, int tokens)
    {
        Begin(work, group, first, tokens);
        for (int key = 0; key < work.Keys; key += Keys)
        {
            int count = Math.Min(Keys, work.Keys - key);
            if (!IsSeen(work, first, tokens, key, count, out bool isWhole))
            {
                continue;
            }

            Widen(work.Key(key, group), work.KeyStride, count);
            Score();
            Hide(work, isWhole, first, tokens, key, count);
            bool isSettled = Soften();
            Widen(work.Value(key, group), work.ValueStride, count);
            Sum(isSettled);
        }

        End(work, group, first, tokens);
    }

    private static int At(int row, int height) => (row / Panel * Panel * height) + (row % Panel);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(in AttentionWork work, int group, int first, int tokens)
    {
        NativeMemory.Clear(queries, (nuint)(2 * Rows * size) * sizeof(float));
        for (int head = 0; head < work.HeadsOfGroup; head++)
        {
            for (int token = 0; token < tokens; token++)
            {
                float* from = work.Query(first + token, (group * work.HeadsOfGroup) + head), to = queries + At((head * work.TokensOfTile) + token, size);
                for (int i = 0; i < size; i++)
                {
                    to[i * Panel] = from[i] * work.Scale;
                }
            }
        }

        new Span<float>(totals, Rows).Clear();
        new Span<float>(tops, Rows).Fill(float.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void End(in AttentionWork work, int group, int first, int tokens)
    {
        for (int head = 0; head < work.HeadsOfGroup; head++)
        {
            for (int token = 0; token < tokens; token++)
            {
                int row = (head * work.TokensOfTile) + token;
                float* from = sums + At(row, size), to = work.Result(first + token, (group * work.HeadsOfGroup) + head);
                float share = totals[row] == 0 ? 0 : 1 / totals[row];
                for (int i = 0; i < size; i++)
                {
                    to[i] = from[i * Panel] * share;
                }
            }
        }
    }

    // Whether a token sees one of the keys, and whether all see all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsSeen(in AttentionWork work, int first, int tokens, int key, int count, out bool isWhole)
    {
        isWhole = true;
        if (!work.HasMask)
        {
            return true;
        }

        bool isSeen = false;
        for (int token = 0; token < tokens; token++)
        {
            ReadOnlySpan<ushort> mask = new(work.Mask(first + token, key), count);
            isSeen |= mask.ContainsAnyExcept(Hidden);
            isWhole &= !mask.ContainsAnyExcept((ushort)0);
        }

        return isSeen;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Hide(in AttentionWork work, bool isWhole, int first, int tokens, int key, int count)
    {
        for (int token = 0; !isWhole && token < tokens; token++)
        {
            ushort* mask = work.Mask(first + token, key);
            for (int i = 0; i < count; i++)
            {
                for (int row = token; mask[i] != 0 && row < work.HeadsOfGroup * work.TokensOfTile; row += work.TokensOfTile)
                {
                    scores[At(row, Keys) + (i * Panel)] += (float)BitConverter.UInt16BitsToHalf(mask[i]);
                }
            }
        }

        for (int panel = 0; count < Keys && panel < Rows / Panel; panel++)
        {
            new Span<float>(scores + (((panel * Keys) + count) * Panel), (Keys - count) * Panel).Fill(float.NegativeInfinity);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Widen(byte* from, nint stride, int count)
    {
        for (int key = 0; key < count; key++)
        {
            for (int i = 0; i < size; i += Lanes)
            {
                AttentionMath.Load((ushort*)(from + (key * stride)) + i).Store(wide + (key * size) + i);
            }
        }

        NativeMemory.Clear(wide + (count * size), (nuint)((Keys - count) * size) * sizeof(float));
    }

    // The product of each key with the query of each row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score()
    {
        for (int panel = 0; panel < Rows / Panel; panel++)
        {
            for (int key = 0; key < Keys; key += Step)
            {
                Block block = default;
                block.Multiply(wide + (key * size), size, 1, queries + (panel * Panel * size), size);
                block.Store(scores + (((panel * Keys) + key) * Panel));
            }
        }
    }

    // The sum of all keys' values, each as often as the row's score says.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(bool isSettled)
    {
        for (int panel = 0; panel < Rows / Panel; panel++)
        {
            for (int i = 0; i < size; i += Step)
            {
                float* sum = sums + (((panel * size) + i) * Panel);
                Block block = Block.Load(sum);
                if (!isSettled)
                {
                    block.Scale(scales + (panel * Panel));
                }

                block.Multiply(wide + i, 1, size, scores + (panel * Keys * Panel), Keys);
                block.Store(sum);
            }
        }
    }

    // Scores become shares of what was seen so far; whether no row saw a higher one than before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Soften()
    {
        bool isSettled = true;
        for (int row = 0; row < Rows; row += Lanes)
        {
            float* column = scores + At(row, Keys);
            Vector512<float> before = Vector512.Load(tops + row), top = before;
            for (int key = 0; key < Keys; key++)
            {
                top = Vector512.Max(top, Vector512.Load(column + (key * Panel)));
            }

            // A row that has seen nothing yet has no maximum to be compared with.
            Vector512<float> level = Vector512.ConditionalSelect(Vector512.Equals(top, Vector512.Create(float.NegativeInfinity)), Vector512<float>.Zero, top);
            Vector512<float> scale = AttentionMath.Exp(before - level), total = Vector512.Load(totals + row) * scale;
            for (int key = 0; key < Keys; key++)
            {
                Vector512<float> share = AttentionMath.Exp(Vector512.Load(column + (key * Panel)) - level);
                share.Store(column + (key * Panel));
                total += share;
            }

            isSettled &= before == top;
            scale.Store(scales + row);
            top.Store(tops + row);
            total.Store(totals + row);
        }

        return isSettled;
    }
}
