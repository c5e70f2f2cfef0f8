using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>The bytes of a state as a file that the model's process can read: the vault's own, or a private copy where the vault keeps them otherwise.</summary>
internal sealed class StateBytes : IDisposable
{
    private readonly FileStream _file;

    private StateBytes(FileStream file) => _file = file;

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Opens the bytes of a state.</summary>
    /// <exception cref="MemOSException">There is no such state, or its bytes are damaged.</exception>
    public static async Task<StateBytes> OpenAsync(MemoryVault vault, CubeId state, CancellationToken cancellationToken)
    {
        Stream stream = vault.States.Open(state);
        if (stream is FileStream own)
        {
            return new StateBytes(own);
        }

        await using (stream.ConfigureAwait(false))
        {
            string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
            FileStreamOptions secret = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read, Options = FileOptions.DeleteOnClose };
            if (!OperatingSystem.IsWindows())
            {
                secret.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            FileStream copy = new(path, secret);
            try
            {
                await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
                await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
                return new StateBytes(copy);
            }
            catch
            {
                await copy.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
