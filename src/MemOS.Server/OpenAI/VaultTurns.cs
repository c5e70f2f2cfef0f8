using System.Threading.Channels;
using MemOS.Vaults;

namespace MemOS.Server.OpenAI;

/// <summary>Vaults that wait for their turn, each once, in the order in which they came. One reader; all else from any thread.</summary>
internal sealed class VaultTurns
{
    private readonly Channel<VaultId> _order = Channel.CreateUnbounded<VaultId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<VaultId> _waiting = [];
    private readonly Lock _gate = new();

    /// <summary>Gives a vault a turn, unless it waits for one already.</summary>
    public void Add(VaultId vault)
    {
        lock (_gate)
        {
            if (_waiting.Add(vault))
            {
                _order.Writer.TryWrite(vault);
            }
        }
    }

    /// <summary>The vaults whose turn it is. A vault still waits until <see cref="Begin"/> says that it is looked at.</summary>
    public IAsyncEnumerable<VaultId> ReadAllAsync(CancellationToken cancellationToken) => _order.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Begins the turn of a vault: what comes from now on is for its next one.</summary>
    public void Begin(VaultId vault)
    {
        lock (_gate)
        {
            _waiting.Remove(vault);
        }
    }
}
