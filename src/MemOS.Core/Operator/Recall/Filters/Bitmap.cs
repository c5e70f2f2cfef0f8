using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Fills bitmaps, one bit a document, from columns.</summary>
internal static class Bitmap
{
    /// <summary>The words for so many documents.</summary>
    public static int WordsFor(int count) => (count + 63) >>> 6;

    /// <summary>Whether a document's bit is set.</summary>
    public static bool IsSet(ReadOnlySpan<ulong> bits, int document) => (bits[document >> 6] & (1UL << document)) != 0;

    /// <summary>Sets the bits of the documents whose value passes the test.</summary>
    public static void Fill<T>(Span<ulong> result, int count, Column<T> column, Func<T, bool> test)
        where T : unmanaged
    {
        for (int word = 0; word < result.Length; word++)
        {
            int first = word << 6;
            int end = Math.Min(count - first, 64);
            ulong bits = 0;
            for (int i = 0; i < end; i++)
            {
                bits |= test(column[first + i]) ? 1UL << i : 0;
            }

            result[word] = bits;
        }
    }

    /// <summary>Sets the bits of the documents whose two values pass the test.</summary>
    public static void Fill<T>(Span<ulong> result, int count, Column<T> first, Column<T> second, Func<T, T, bool> test)
        where T : unmanaged
    {
        result.Clear();
        for (int i = 0; i < count; i++)
        {
            result[i >> 6] |= test(first[i], second[i]) ? 1UL << i : 0;
        }
    }

    /// <summary>Sets the bits of the documents whose value in a table passes the test, which is made once for each value.</summary>
    public static void FillByTable<T>(Span<ulong> result, int count, Column<int> column, ReadOnlySpan<T> values, Func<T?, bool> test)
        where T : class
    {
        // Entry 0 is for documents without a value. Documents added meanwhile may name later values; their bits are not read.
        bool[] verdicts = new bool[values.Length + 1];
        verdicts[0] = test(null);
        for (int i = 0; i < values.Length; i++)
        {
            verdicts[i + 1] = test(values[i]);
        }

        Look(result, count, column, verdicts);
    }

    /// <summary>Sets the bits of the documents whose byte passes the test, which is made once for each value.</summary>
    public static void FillByByte(Span<ulong> result, int count, Column<byte> column, Func<byte, bool> test)
    {
        bool[] verdicts = new bool[16];
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = test((byte)i);
        }

        Fill(result, count, column, value => value < verdicts.Length && verdicts[value]);
    }

    private static void Look(Span<ulong> result, int count, Column<int> column, bool[] verdicts)
    {
        for (int word = 0; word < result.Length; word++)
        {
            int first = word << 6;
            int end = Math.Min(count - first, 64);
            ulong bits = 0;
            for (int i = 0; i < end; i++)
            {
                bits |= verdicts[column[first + i] + 1] ? 1UL << i : 0;
            }

            result[word] = bits;
        }
    }
}
