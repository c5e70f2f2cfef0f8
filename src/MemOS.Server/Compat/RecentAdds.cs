using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>Recognises an add that a client sends again because it did not see the answer: the same content to the same cube within five minutes.</summary>
/// <remarks>Thread-safe. What comes again gets the message ids of the first time, by which the vault knows what it stored already.</remarks>
internal sealed class RecentAdds(TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<(VaultId, UInt128), (string Seed, DateTimeOffset At)> _known = [];
    private readonly Queue<((VaultId, UInt128) Key, DateTimeOffset At)> _order = [];

    /// <summary>The beginning of the ids of the messages of an add.</summary>
    /// <param name="vault">Where it goes.</param>
    /// <param name="content">A hash of what it holds.</param>
    public string SeedOf(VaultId vault, UInt128 content)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out ((VaultId, UInt128) Key, DateTimeOffset At) oldest) && (now - oldest.At > Window || _order.Count > Most))
            {
                _order.Dequeue();
                _known.Remove(oldest.Key);
            }

            if (_known.TryGetValue((vault, content), out (string Seed, DateTimeOffset At) known))
            {
                return known.Seed;
            }

            string seed = Guid.CreateVersion7(now).ToString("N");
            _known.Add((vault, content), (seed, now));
            _order.Enqueue(((vault, content), now));
            return seed;
        }
    }
}
