using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Numbers values from 0, so that a column holds a number a document. One writer; readers see a prefix.</summary>
/// <remarks>
/// A table may continue one of a snapshot, whose values are read when somebody looks at them. Where a value need not have a single number, the writer does not
/// look: a value of the snapshot that occurs again gets a second number, and so may one that was not among the last thousands.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class ValueTable<T>
    where T : class
{
    /// <summary>The number that stands for null.</summary>
    public const int None = -1;

    // Most lists of names and the like occur once: to remember all of them costs more than a second number.
    private const int MostRemembered = 4096;

    private readonly Dictionary<T, int> _numbers;
    private readonly bool _mayRepeat;
    private readonly PackedValues<T>? _packed;
    private readonly Lock _loading = new();
    private T?[] _values;
    private int _count;
    private volatile bool _isLoaded;
    private bool _looksBack;

    /// <summary>Makes a table.</summary>
    /// <param name="comparer">Which values are equal.</param>
    /// <param name="packed">The table of a snapshot to continue; null for an empty one.</param>
    /// <param name="mayRepeat">Whether a value may get more than one number.</param>
    public ValueTable(IEqualityComparer<T>? comparer = null, PackedValues<T>? packed = null, bool mayRepeat = false)
    {
        _numbers = new(comparer);
        _mayRepeat = mayRepeat;
        _packed = packed;
        _count = packed?.Count ?? 0;
        _values = new T?[_count + 4];
        _isLoaded = _count == 0;
        _looksBack = !mayRepeat && !_isLoaded;
    }

    /// <summary>The values, by number.</summary>
    public ReadOnlySpan<T> Values
    {
        get
        {
            Load();
            int count = Volatile.Read(ref _count); // before the array, which is at least as new
            return Volatile.Read(ref _values).AsSpan(0, count)!; // none is null once they are loaded
        }
    }

    /// <summary>The number of a value; <see cref="None"/> for null. For the writer.</summary>
    public int Add(T? value)
    {
        if (value is null)
        {
            return None;
        }

        if (_looksBack)
        {
            LookBack();
        }

        if (_numbers.TryGetValue(value, out int number))
        {
            return number;
        }

        number = _count;
        if (number == _values.Length)
        {
            Grow();
        }

        if (_mayRepeat && _numbers.Count == MostRemembered)
        {
            _numbers.Clear();
        }

        _values[number] = value;
        _numbers.Add(value, number);
        Volatile.Write(ref _count, number + 1);
        return number;
    }

    /// <summary>The value with a number, or null for <see cref="None"/>.</summary>
    public T? this[int number]
    {
        get
        {
            if (number < 0)
            {
                return null;
            }

            Load();
            return Volatile.Read(ref _values)[number];
        }
    }

    private void Grow()
    {
        lock (_loading)
        {
            T?[] larger = new T?[_count * 2];
            _values.CopyTo(larger, 0);
            Volatile.Write(ref _values, larger);
        }
    }

    private void LookBack()
    {
        ReadOnlySpan<T> values = Values;
        for (int number = 0; number < values.Length; number++)
        {
            _numbers.TryAdd(values[number], number);
        }

        _looksBack = false;
    }

    private void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        lock (_loading)
        {
            if (!_isLoaded)
            {
                _packed!.CopyTo(_values!); // what is not loaded is packed
                _isLoaded = true;
            }
        }
    }
}
