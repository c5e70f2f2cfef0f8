using System.Net.Sockets;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Takes connections on the socket; each asks one thing at a time.</summary>
internal sealed class HostServer(HostSettings settings, ModelWorker worker)
{
    // Where the system allows fewer, those who connect wait a little.
    private const int Waiting = 4096;

    /// <summary>Serves until cancelled.</summary>
    /// <param name="ready">Told when clients can connect.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action ready, CancellationToken cancellationToken)
    {
        File.Delete(settings.Socket);
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(settings.Socket));
        listener.Listen(Waiting);
        ready();
        List<Task> open = [];
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync(cancellationToken);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(ServeAsync(client, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
        finally
        {
            File.Delete(settings.Socket);
            RemoveFolder(); // a parent that was killed cannot
        }
    }

    private void RemoveFolder()
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(settings.Socket)!);
        }
        catch (IOException)
        {
            // Its parent took it, or something else lies there.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using HostConnection connection = new(client, worker, settings.AllowFaults);
        await connection.RunAsync(cancellationToken);
    }
}
