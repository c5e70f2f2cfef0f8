using System.Collections.Concurrent;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>Remembers in which vault a memory lies that clients were told of, since one of their requests names a memory and no cube.</summary>
/// <remarks>Thread-safe. Holds the last 100,000 to 200,000; the rest is looked for in every vault.</remarks>
internal sealed class CubeWhereabouts
{
    private const int Many = 100_000;
    private readonly Lock _gate = new();
    private ConcurrentDictionary<CubeId, VaultId> _recent = new();
    private ConcurrentDictionary<CubeId, VaultId> _older = new();
    private int _count;

    public void Note(CubeId cube, VaultId vault)
    {
        if (!_recent.TryAdd(cube, vault) || Interlocked.Increment(ref _count) < Many)
        {
            return;
        }

        lock (_gate)
        {
            if (Volatile.Read(ref _count) >= Many)
            {
                (_older, _recent, _count) = (_recent, new ConcurrentDictionary<CubeId, VaultId>(), 0);
            }
        }
    }

    public VaultId? Find(CubeId cube) => _recent.TryGetValue(cube, out VaultId vault) || _older.TryGetValue(cube, out vault) ? vault : null;
}
