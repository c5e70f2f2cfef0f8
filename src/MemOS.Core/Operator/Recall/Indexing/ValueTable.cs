namespace MemOS.Operator.Recall.Indexing;

/// <summary>Numbers distinct values from 0, so that a column holds a number a document. One writer; readers see a prefix.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class ValueTable<T>(IEqualityComparer<T>? comparer = null)
    where T : class
{
    /// <summary>The number that stands for null.</summary>
    public const int None = -1;

    private readonly Dictionary<T, int> _numbers = new(comparer);
    private T[] _values = new T[4];
    private int _count;

    /// <summary>The values, by number.</summary>
    public ReadOnlySpan<T> Values
    {
        get
        {
            int count = Volatile.Read(ref _count); // before the array, which is at least as new
            return Volatile.Read(ref _values).AsSpan(0, count);
        }
    }

    /// <summary>The number of a value; <see cref="None"/> for null. For the writer.</summary>
    public int Add(T? value)
    {
        if (value is null)
        {
            return None;
        }

        if (_numbers.TryGetValue(value, out int number))
        {
            return number;
        }

        number = _count;
        if (number == _values.Length)
        {
            T[] larger = new T[number * 2];
            _values.CopyTo(larger, 0);
            Volatile.Write(ref _values, larger);
        }

        _values[number] = value;
        _numbers.Add(value, number);
        Volatile.Write(ref _count, number + 1);
        return number;
    }

    /// <summary>The value with a number, or null for <see cref="None"/>.</summary>
    public T? this[int number] => number < 0 ? null : Volatile.Read(ref _values)[number];
}
