using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>The cubes that one reading makes and changes, over what the vault has: look-ups see both. One version a cube is written at the end.</summary>
internal sealed class DerivedCubes
{
    /// <summary>A statement repeated more often than this is not merged for ever: the list of sources would be copied each time.</summary>
    public const int MostSources = 64;

    private readonly WritePlan _plan;
    private readonly Dictionary<CubeId, Entry> _entries = [];
    private readonly List<Entry> _order = [];
    private readonly Dictionary<string, List<Entry>> _byKey = [];
    private readonly Dictionary<long, List<Entry>> _bySource = [];

    /// <summary>Begins a reading. Sees what earlier work in the same write has planned.</summary>
    public DerivedCubes(WritePlan plan)
    {
        _plan = plan;
        foreach (CubeWrite write in plan.Change.Cubes)
        {
            if (write.Cube.Branch.IsMain)
            {
                Put(write.Cube, write.Cube);
            }
        }
    }

    /// <summary>The current versions with a fact key, in order of valid time, then of the time said.</summary>
    public IReadOnlyList<MemCube> FindByFactKey(string key) =>
        [.. Merge(_plan.Reader.FindByFactKey(key), _byKey.GetValueOrDefault(key)).Where(cube => cube.Descriptive.FactKey == key)
            .OrderBy(cube => cube.Valid.From ?? DateTimeOffset.MinValue).ThenBy(cube => cube.Descriptive.SaidAt)];

    /// <summary>The current versions that came from a message.</summary>
    public IReadOnlyList<MemCube> FindBySource(long message) =>
        [.. Merge(_plan.Reader.FindBySource(message).Select(id => _plan.Reader.Find(id)).OfType<MemCube>(), _bySource.GetValueOrDefault(message))];

    /// <summary>Adds a new cube.</summary>
    public void Create(MemCube cube) => Put(null, cube).IsDirty = true;

    /// <summary>Changes a cube that a look-up returned.</summary>
    public void Change(MemCube cube, string operation, string detail)
    {
        Entry entry = _entries.TryGetValue(cube.Id, out Entry? known) ? known : Put(_plan.Reader.Find(cube.Id), cube);
        entry.Cube = cube;
        entry.IsDirty = true;
        entry.Audit.Add((operation, detail));
        Index(entry);
    }

    /// <summary>Whether rules may change a cube: not when it is frozen, archived or expired.</summary>
    public static bool IsOpen(MemCube cube) => cube.State is CubeState.Generated or CubeState.Activated or CubeState.Merged;

    /// <summary>Puts everything into the plan.</summary>
    public void Write()
    {
        foreach (Entry entry in _order)
        {
            if (!entry.IsDirty)
            {
                continue;
            }

            MemCube written = entry.Stored is null ? _plan.Create(entry.Cube) : _plan.Follow(entry.Stored, entry.Cube);
            foreach ((string operation, string detail) in entry.Audit)
            {
                _plan.Audit(operation, written, detail);
            }
        }
    }

    private Entry Put(MemCube? stored, MemCube cube)
    {
        Entry entry = new(stored, cube);
        if (_entries.Remove(cube.Id, out Entry? earlier))
        {
            _order.Remove(earlier);
        }

        _entries.Add(cube.Id, entry);
        _order.Add(entry);
        Index(entry);
        return entry;
    }

    private void Index(Entry entry)
    {
        if (entry.Cube.Descriptive.FactKey is { } key)
        {
            AddTo(_byKey, key, entry);
        }

        foreach (MessageSource source in entry.Cube.Sources)
        {
            AddTo(_bySource, source.Number, entry);
        }
    }

    private static void AddTo<TKey>(Dictionary<TKey, List<Entry>> index, TKey key, Entry entry)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<Entry>? entries))
        {
            index.Add(key, entries = []);
        }

        if (!entries.Contains(entry))
        {
            entries.Add(entry);
        }
    }

    private IEnumerable<MemCube> Merge(IEnumerable<MemCube> stored, List<Entry>? planned)
    {
        HashSet<CubeId> seen = [];
        foreach (MemCube cube in stored)
        {
            seen.Add(cube.Id);
            yield return _entries.TryGetValue(cube.Id, out Entry? entry) ? entry.Cube : cube;
        }

        foreach (Entry entry in planned ?? [])
        {
            if (_entries.GetValueOrDefault(entry.Cube.Id) == entry && seen.Add(entry.Cube.Id))
            {
                yield return entry.Cube;
            }
        }
    }

    private sealed class Entry(MemCube? stored, MemCube cube)
    {
        public MemCube? Stored { get; } = stored;

        public MemCube Cube { get; set; } = cube;

        public bool IsDirty { get; set; }

        public List<(string Operation, string Detail)> Audit { get; } = [];
    }
}
