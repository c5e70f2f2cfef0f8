using System.Net.Sockets;

namespace MemOS.Models.Llama.Hosting;

/// <summary>Where a host is spoken to: a socket in a folder of its own among the temporary files, which only this user may enter. Safe from any thread.</summary>
internal sealed class HostSocket : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim connecting = new(1, 1);
    private readonly DirectoryInfo folder;
    private readonly UnixDomainSocketEndPoint end;

    private HostSocket(DirectoryInfo folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder.FullName, "host");
        end = new UnixDomainSocketEndPoint(Path);
    }

    /// <summary>The file of the socket; the host makes it.</summary>
    public string Path { get; }

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.HostUnavailable"/>: nothing can be written there, or its path is too long for a socket.</exception>
    public static HostSocket Create()
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("memos-");
            return new HostSocket(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            folder?.Delete();
            string why = folder is null ? $"none that can be written to ({exception.Message})" : "too long a path for one";
            throw new ModelException(ModelErrorCodes.HostUnavailable, $"Local models need a folder for temporary files that can hold a socket, and '{System.IO.Path.GetTempPath()}' is {why}. Name another in TMPDIR, on Windows in TMP.", exception);
        }
    }

    /// <summary>Connects. However many ask at once, each gets its connection: one comes after the other, and waits where the host is behind with taking them.</summary>
    public async Task<HostConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (await TryConnectAsync(cancellationToken).ConfigureAwait(false) is { } connection)
                {
                    return connection;
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Removes the folder, unless the host did.</summary>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A host that ends in order takes it along.
        }
    }

    private async Task<HostConnection?> TryConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(end, cancellationToken).ConfigureAwait(false);
            return new HostConnection(socket);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
        {
            socket.Dispose();
            return null; // too many wait to be taken
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
