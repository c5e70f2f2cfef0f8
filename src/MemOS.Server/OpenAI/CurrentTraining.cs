using MemOS.Activation;
using MemOS.Cubes;

namespace MemOS.Server.OpenAI;

/// <summary>The training that goes on now, if one does: how far it is, and how it is ended. Safe from any thread.</summary>
internal sealed class CurrentTraining
{
    private readonly Lock _gate = new();
    private CubeId _cartridge;
    private CartridgeProgress _progress;
    private CancellationTokenSource? _ending;

    /// <summary>Says what is trained from now on.</summary>
    /// <param name="cartridge">The cartridge.</param>
    /// <param name="ending">Ends it. The caller's, to be disposed of after <see cref="Leave"/>.</param>
    public void Begin(CubeId cartridge, CancellationTokenSource ending)
    {
        lock (_gate)
        {
            (_cartridge, _progress, _ending) = (cartridge, default, ending);
        }
    }

    /// <summary>Says that nothing is trained from now on.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            (_cartridge, _ending) = (default, null);
        }
    }

    /// <summary>Says how far it is.</summary>
    public void Tell(CartridgeProgress progress)
    {
        lock (_gate)
        {
            _progress = progress;
        }
    }

    /// <summary>How far the training of a cartridge is; null for one that is not being trained now.</summary>
    public CartridgeProgress? ProgressOf(CubeId cartridge)
    {
        lock (_gate)
        {
            return _cartridge == cartridge ? _progress : null;
        }
    }

    /// <summary>Ends the training of a cartridge, if it goes on.</summary>
    public void End(CubeId cartridge)
    {
        lock (_gate)
        {
            if (_cartridge == cartridge)
            {
                // On another thread: what is to be done then may ask for this lock.
                _ = _ending?.CancelAsync();
            }
        }
    }
}
